// workerd refuses to compile bytes; it hands over a statically imported .wasm file as a compiled module.
import module from "#models-wasm";

/** The models module, compiled. */
export function modelsModule(): WebAssembly.Module {
  return module;
}
