import { modelsModule } from "#models-module";
import { type CoreSource, instantiateModels, type ModelsCore, type ModelsExports } from "./core.ts";
import { type DefaultInstance, defaultInstance } from "./default-instance.ts";

const instance: DefaultInstance<ModelsExports> = defaultInstance(instantiateModels, modelsModule);

/** This thread's instance of the models module, made at the first call from the one that ships with the package. */
export function defaultModels(): ModelsCore {
  return instance.get();
}

/**
 * Takes another copy of the models module (for pages that serve `models.wasm` themselves) as this thread's default,
 * or with null drops the instance, so that the next call makes a fresh one of the module that ships with the package.
 */
export function setDefaultModels(source: CoreSource | null): void {
  instance.set(source);
}
