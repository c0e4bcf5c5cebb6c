// workerd refuses to compile bytes; it hands over a statically imported .wasm file as a compiled module.
import module from "#math-wasm";

/** The math module, compiled. */
export function mathModule(): WebAssembly.Module {
  return module;
}
