// workerd refuses to compile bytes; it hands over a statically imported .wasm file as a compiled module.
import module from "#core-wasm";

/** The core's compiled module. */
export function coreModule(): WebAssembly.Module {
  return module;
}
