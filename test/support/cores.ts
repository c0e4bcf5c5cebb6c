import { readFileSync } from "node:fs";
import {
  type Core,
  type CoreExports,
  instantiateCore,
  instantiateMath,
  instantiateModels,
  type MathCore,
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

/** The two builds of the math module. */
export const mathCores: Builds<MathCore> = [
  { build: "release math", core: instantiateMath(bytes("math.wasm")) },
  { build: "checked math", core: instantiateMath(bytes("math.debug.wasm")) },
];

/** An instance of the search module or of the models module. */
export type SharedCore = Core<Pick<ModelsExports, Extract<keyof ModelsExports, keyof CoreExports>>>;

/** Their four builds, for families that both have. */
export const allCores: Builds<SharedCore> = [
  ...cores,
  ...modelsCores.map(({ build, core }) => ({ build: `${build} models`, core })),
];

export const core: Core = (cores[0] as { core: Core }).core;
export const models: ModelsCore = (modelsCores[0] as { core: ModelsCore }).core;
