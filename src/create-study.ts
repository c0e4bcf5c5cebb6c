import type { Space } from "./core/space.ts";
import { nop } from "./pruners/nop.ts";
import { auto } from "./samplers/auto.ts";
import { stoppingRules } from "./stopping/stopping-rules.ts";
import { memory } from "./storages/memory.ts";
import { memoryCheckpoints } from "./storages/memory-checkpoints.ts";
import { createStudyWith } from "./study/create-study.ts";
import { isObjectiveWorkers } from "./study/in-workers.ts";
import type { StudyDeps } from "./study/deps.ts";
import { inlineRunner } from "./study/inline-runner.ts";
import type { Study, StudyOptions } from "./study/study.ts";
import { type Core, instantiateCore } from "./wasm/core.ts";
import { defaultCore } from "./wasm/default-core.ts";
import { platform } from "#platform";

/** Options of `createStudy`. */
export interface CreateStudyOptions<S extends Space = Space> extends StudyOptions<S> {
  /** Another copy of the search module, for those who serve `core.wasm` themselves. */
  readonly wasm?: WebAssembly.Module | Uint8Array<ArrayBuffer>;
}

/**
 * Creates a study, or continues the one of that name in the storage.
 *
 * Defaults: direction "minimize", the `auto()` sampler, no pruning, storage and checkpoints in memory, a seed drawn afresh.
 * Throws `invalid-space` or `invalid-argument` naming the option, and `study-mismatch` when the storage has
 * another study under this name.
 */
export async function createStudy<const S extends Space>(options: CreateStudyOptions<S> = {}): Promise<Study<S>> {
  return createStudyWith(options, studyDeps(options.wasm));
}

/** What studies are given of the package's other rooms and of the runtime. */
export function studyDeps(wasm?: CreateStudyOptions["wasm"]): StudyDeps {
  const core: Core = wasm === undefined ? defaultCore() : instantiateCore(wasm);
  return {
    core,
    clock: platform.clock,
    defaultSampler: auto,
    defaultPruner: nop,
    defaultStorage: memory,
    defaultCheckpoints: memoryCheckpoints,
    randomSeed,
    uniqueName: () => `study-${crypto.randomUUID()}`,
    stoppingRules,
    runner(objective, { workers = 1, workerData, trialTimeout = null }) {
      if (typeof objective === "function") return inlineRunner(core, objective, trialTimeout);
      const settings = { objective, workers, workerData, trialTimeout };
      if (platform.spawnWorker === undefined && !isObjectiveWorkers(objective)) {
        return import("./pool/inline-modules.ts").then(({ inlineModules }) => inlineModules(core, settings));
      }
      return import("./pool/worker-pool.ts").then(({ workerPool }) => workerPool(platform, core, settings));
    },
  };
}

// 48 random bits: always a safe integer.
function randomSeed(): number {
  const [low, high] = crypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number];
  return (high % 0x10000) * 0x100000000 + low;
}
