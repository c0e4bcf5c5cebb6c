import { surrogateModule } from "#surrogate-module";
import { type CoreSource, instantiateSurrogate, type SurrogateCore, type SurrogateExports } from "./core.ts";
import { type DefaultInstance, defaultInstance } from "./default-instance.ts";

const instance: DefaultInstance<SurrogateExports> = defaultInstance(instantiateSurrogate, surrogateModule);

/** This thread's instance of the surrogate module, made at the first call from the one that ships with the package. */
export function defaultSurrogate(): SurrogateCore {
  return instance.get();
}

/**
 * Takes another copy of the surrogate module (for pages that serve `surrogate.wasm` themselves) as this thread's default,
 * or with null drops the instance, so that the next call makes a fresh one of the module that ships with the package.
 */
export function setDefaultSurrogate(source: CoreSource | null): void {
  instance.set(source);
}
