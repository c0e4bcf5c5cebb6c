import type { Pruner } from "../pruners/pruner.ts";
import type { Sampler } from "../samplers/sampler.ts";
import type { StoppingRule } from "../stopping/stopping-rule.ts";
import type { Checkpoints } from "../storages/checkpoints.ts";
import type { Storage } from "../storages/storage.ts";
import type { Core } from "../wasm/core.ts";
import type { Clock } from "./clock.ts";
import type { ObjectiveWorkers } from "./in-workers.ts";
import type { Objective } from "./objective.ts";
import type { OptimizeOptions } from "./optimize-options.ts";
import type { TrialRunner } from "./runner.ts";

/** What the composition root supplies. */
export interface StudyDeps {
  readonly core: Core;
  readonly clock: Clock;
  readonly defaultSampler: () => Sampler;
  readonly defaultPruner: () => Pruner;
  readonly defaultStorage: () => Storage;
  readonly defaultCheckpoints: () => Checkpoints;
  readonly randomSeed: () => number;
  readonly uniqueName: () => string;
  readonly stoppingRules: (options: OptimizeOptions) => readonly StoppingRule[];
  readonly runner: (
    objective: Objective<never> | string | URL | ObjectiveWorkers,
    options: OptimizeOptions,
  ) => TrialRunner | Promise<TrialRunner>;
}
