import { coreModule } from "#core-module";
import { type Core, instantiateCore } from "./core.ts";

let core: Core | null = null;

/** This thread's instance of the core, made at the first call from the module that ships with the package. */
export function defaultCore(): Core {
  core ??= instantiateCore(coreModule());
  return core;
}

/**
 * Takes another copy of the core's module (for pages that serve the `.wasm` file themselves) as this
 * thread's default, or with null drops the instance, so that the next call makes a fresh one (after a trap).
 */
export function setDefaultCore(source: WebAssembly.Module | Uint8Array<ArrayBuffer> | null): void {
  core = source === null ? null : instantiateCore(source);
}
