import { readFileSync } from "node:fs";
import {
  type Core,
  type CoreExports,
  instantiateCore,
  instantiateModels,
  type ModelsCore,
  type ModelsExports,
} from "../../src/wasm/core.ts";

type Builds<C> = readonly { readonly build: string; readonly core: C }[];

const bytes = (file: string): Uint8Array<ArrayBuffer> => readFileSync(new URL(`../../build/${file}`, import.meta.url));

/** The release build of the search module, and the checked one: asserts on, fresh memory poisoned with NaN. */
export const cores: Builds<Core> = [
  { build: "release", core: instantiateCore(bytes("core.wasm")) },
  { build: "checked", core: instantiateCore(bytes("core.debug.wasm")) },
];

/** The two builds of the models module. */
export const modelsCores: Builds<ModelsCore> = [
  { build: "release", core: instantiateModels(bytes("models.wasm")) },
  { build: "checked", core: instantiateModels(bytes("models.debug.wasm")) },
];

/** An instance of either module. */
export type SharedCore = Core<Pick<ModelsExports, Extract<keyof ModelsExports, keyof CoreExports>>>;

/** All four, for families that both modules have. */
export const allCores: Builds<SharedCore> = [
  ...cores,
  ...modelsCores.map(({ build, core }) => ({ build: `${build} models`, core })),
];

export const core: Core = (cores[0] as { core: Core }).core;
export const models: ModelsCore = (modelsCores[0] as { core: ModelsCore }).core;
