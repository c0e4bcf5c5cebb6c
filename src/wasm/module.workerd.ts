// workerd refuses to compile bytes; it hands over a statically imported .wasm file as a compiled module.
import module from "#core-wasm";

/** The search module, compiled. */
export function coreModule(): WebAssembly.Module {
  return module;
}
