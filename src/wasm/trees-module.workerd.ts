// workerd refuses to compile bytes; it hands over a statically imported .wasm file as a compiled module.
import module from "#trees-wasm";

/** The trees module, compiled. */
export function treesModule(): WebAssembly.Module {
  return module;
}
