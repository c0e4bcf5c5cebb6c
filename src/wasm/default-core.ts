import { coreModule } from "#core-module";
import { type Core, type CoreExports, type CoreSource, instantiateCore } from "./core.ts";
import { type DefaultInstance, defaultInstance } from "./default-instance.ts";

/** Where this thread keeps it. */
export const coreInstance: DefaultInstance<CoreExports> = defaultInstance(instantiateCore, coreModule);

/** This thread's instance of the search module, made at the first call from the one that ships with the package. */
export function defaultCore(): Core {
  return coreInstance.get();
}

/**
 * Takes another copy of the search module (for pages that serve `core.wasm` themselves) as this thread's default,
 * or with null drops the instance, so that the next call makes a fresh one of the module that ships with the package.
 */
export function setDefaultCore(source: CoreSource | null): void {
  coreInstance.set(source);
}
