import { treesModule } from "#trees-module";
import { type CoreSource, instantiateTrees, type TreesCore, type TreesExports } from "./core.ts";
import { type DefaultInstance, defaultInstance } from "./default-instance.ts";

const instance: DefaultInstance<TreesExports> = defaultInstance(instantiateTrees, treesModule);

/** This thread's instance of the trees module, made at the first call from the one that ships with the package. */
export function defaultTrees(): TreesCore {
  return instance.get();
}

/**
 * Takes another copy of the trees module (for pages that serve `trees.wasm` themselves) as this thread's default,
 * or with null drops the instance, so that the next call makes a fresh one of the module that ships with the package.
 */
export function setDefaultTrees(source: CoreSource | null): void {
  instance.set(source);
}
