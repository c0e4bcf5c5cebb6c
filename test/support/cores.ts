import { readFileSync } from "node:fs";
import { onTestFinished } from "vitest";
import {
  type Core,
  instantiate,
  instantiateCore,
  instantiateMath,
  instantiateModels,
  instantiateSurrogate,
  instantiateTrees,
  type KernelsExports,
  type MathCore,
  type ModelsCore,
  type ModelsExports,
  type SurrogateCore,
  type TreesCore,
} from "../../src/wasm/core.ts";
import { provideSurrogate, setDefaultSurrogate } from "../../src/surrogate.ts";

// Tests call samplers and rules without a study, which would wait for their code.
provideSurrogate();

type Builds<C> = readonly { readonly build: string; readonly core: C }[];

const bytes = (file: string): Uint8Array<ArrayBuffer> => readFileSync(new URL(`../../build/${file}`, import.meta.url));

/** An instance of the module of all kernels: the search module and the surrogate module in one, and more. */
export type KernelsCore = Core<KernelsExports>;

const kernelsOf = (file: string): KernelsCore => instantiate<KernelsExports>(bytes(file), "kernels", "linalgLu");

/** The release build of all kernels, and the checked one: asserts on, fresh memory poisoned with NaN. */
export const cores: Builds<KernelsCore> = [
  { build: "release", core: kernelsOf("kernels.wasm") },
  { build: "checked", core: kernelsOf("kernels.debug.wasm") },
];

/** The search module as it ships. */
export const core: Core = instantiateCore(bytes("core.wasm"));

/** The surrogate module as it ships. */
export const surrogate: SurrogateCore = instantiateSurrogate(bytes("surrogate.wasm"));

/** What ships, and the two builds of all kernels in its place: for samplers and rules. */
export const searchCores: Builds<Core> = [{ build: "shipped", core }, ...cores];

/** Until the test's end what fits Gaussian processes takes this build too. */
export function alsoAsSurrogate(build: Core): void {
  setDefaultSurrogate(build === core ? null : build.module);
  onTestFinished(() => setDefaultSurrogate(null));
}

/** The two builds of the models module. */
export const modelsCores: Builds<ModelsCore> = [
  { build: "release", core: instantiateModels(bytes("models.wasm")) },
  { build: "checked", core: instantiateModels(bytes("models.debug.wasm")) },
];

/** The two builds of the trees module. */
export const treesCores: Builds<TreesCore> = [
  { build: "release", core: instantiateTrees(bytes("trees.wasm")) },
  { build: "checked", core: instantiateTrees(bytes("trees.debug.wasm")) },
];

/** The two builds of the math module. */
export const mathCores: Builds<MathCore> = [
  { build: "release math", core: instantiateMath(bytes("math.wasm")) },
  { build: "checked math", core: instantiateMath(bytes("math.debug.wasm")) },
];

/** An instance of the module of all kernels or of the models module. */
export type SharedCore = Core<Pick<ModelsExports, Extract<keyof ModelsExports, keyof KernelsExports>>>;

/** Their four builds, for families that both have. */
export const allCores: Builds<SharedCore> = [
  ...cores,
  ...modelsCores.map(({ build, core: models }) => ({ build: `${build} models`, core: models })),
];

export const kernels: KernelsCore = (cores[0] as { core: KernelsCore }).core;
export const models: ModelsCore = (modelsCores[0] as { core: ModelsCore }).core;
export const trees: TreesCore = (treesCores[0] as { core: TreesCore }).core;
