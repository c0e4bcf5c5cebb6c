import type { Space } from "./core/space.ts";
import { nop } from "./pruners/nop.ts";
import { auto } from "./samplers/auto.ts";
import { stoppingRules } from "./stopping/stopping-rules.ts";
import { memory } from "./storages/memory.ts";
import { createStudyWith } from "./study/create-study.ts";
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
 * Defaults: direction "minimize", the `auto()` sampler, no pruning, storage in memory, a seed drawn afresh.
 * Throws `invalid-space` or `invalid-argument` naming the option, and `study-mismatch` when the storage has
 * another study under this name.
 */
export async function createStudy<const S extends Space>(options: CreateStudyOptions<S> = {}): Promise<Study<S>> {
  const core: Core = options.wasm === undefined ? defaultCore() : instantiateCore(options.wasm);
  return createStudyWith(options, {
    core,
    clock: platform.clock,
    defaultSampler: auto,
    defaultPruner: nop,
    defaultStorage: memory,
    randomSeed,
    uniqueName: () => `study-${crypto.randomUUID()}`,
    stoppingRules,
    runner: (objective, { workers = 1, workerData, trialTimeout }) =>
      typeof objective === "function"
        ? inlineRunner(core, objective, trialTimeout ?? null)
        : import("./pool/worker-pool.ts").then(({ workerPool }) =>
            workerPool(platform, core, { objective, workers, workerData, trialTimeout: trialTimeout ?? null }),
          ),
  });
}

// 48 random bits: always a safe integer.
function randomSeed(): number {
  const [low, high] = crypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number];
  return (high % 0x10000) * 0x100000000 + low;
}
