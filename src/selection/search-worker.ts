// The objective module of a search whose candidates are evaluated in workers.
import { scorerNamed } from "../metrics/scorers.ts";
import type { Spec } from "../models/estimator.ts";
import { estimatorFrom } from "../preprocessing/registry.ts";
import type { LiveTrial } from "../study/live-trial.ts";
import { type SearchSettings, searchObjective } from "./search-objective.ts";
import { stopwatch } from "./stopwatch.ts";
import type { FoldedData } from "./training-folds.ts";

/** Posted once to each worker. */
export interface SearchWorkerData extends SearchSettings {
  readonly data: FoldedData;
  readonly estimator: Spec;
  /** Names of metrics in the table and in `vernier/metrics`. */
  readonly scoring: readonly (readonly [name: string, scorer: string])[];
}

let evaluate: ReturnType<typeof searchObjective>;

/** Called by the pool before the first candidate. */
export function setup({ estimator, scoring, ...rest }: SearchWorkerData): void {
  const task = {
    ...rest,
    estimator: estimatorFrom(estimator),
    metrics: scoring.map(([name, scorer]) => ({ name, scorer: scorerNamed(scorer) })),
  };
  evaluate = searchObjective(task, stopwatch);
}

export default function objective(params: Readonly<Record<string, unknown>>, trial: LiveTrial): Promise<number> {
  return evaluate(params, trial);
}
