import { inlineRunner } from "../study/inline-runner.ts";
import type { TrialRunner } from "../study/runner.ts";
import type { Core } from "../wasm/core.ts";
import { importObjective } from "./import-objective.ts";
import { refuseUnclonable } from "./unclonable.ts";
import { startFailed } from "./worker-failed.ts";
import { moduleUrl, type WorkerPoolOptions } from "./worker-pool.ts";

/**
 * Evaluates trials of an objective's module in this thread, for runtimes that have no workers: `workers` at a time, which
 * proceed in turns where the objective awaits. The module is imported once, at the first trial, and `setup` called once,
 * with a copy of the data. `run` rejects as that of the pool does; errors name the URL where nothing can be imported.
 */
export function inlineModules(core: Core, options: Omit<WorkerPoolOptions, "memoryLimit">): TrialRunner {
  const { workers, trialTimeout = null } = options;
  const url = moduleUrl(options.objective);
  let loaded: Promise<TrialRunner> | null = null;

  async function load(): Promise<TrialRunner> {
    const objective = await importObjective(url, copyOf(options.workerData));
    if (typeof objective !== "function") throw startFailed(objective);
    return inlineRunner(core, objective, trialTimeout);
  }

  return {
    workers,
    async run(task, host, signal) {
      loaded ??= load();
      return (await loaded).run(task, host, signal);
    },
    async close() {},
  };
}

function copyOf(workerData: unknown): unknown {
  try {
    return structuredClone(workerData);
  } catch (cause) {
    refuseUnclonable("workerData", workerData, cause);
    throw cause;
  }
}
