// workerd refuses to compile bytes; it hands over a statically imported .wasm file as a compiled module.
import module from "#surrogate-wasm";

/** The surrogate module, compiled. */
export function surrogateModule(): WebAssembly.Module {
  return module;
}
