// The objective module of a search whose candidates are evaluated in workers.
import { scorerNamed } from "../metrics/scorers.ts";
import type { Classifier, Spec } from "../models/estimator.ts";
import { estimatorFrom } from "../preprocessing/registry.ts";
import type { LiveTrial } from "../study/live-trial.ts";
import { searchObjective } from "./search-objective.ts";
import { stopwatch } from "./stopwatch.ts";
import { type FoldedData, trainingFolds } from "./training-folds.ts";

/** Posted once to each worker. */
export interface SearchWorkerData {
  readonly data: FoldedData;
  readonly estimator: Spec;
  readonly scoring: string;
  readonly prunes: boolean;
}

let evaluate: ReturnType<typeof searchObjective>;

/** Called by the pool before the first candidate. */
export function setup({ data, estimator, scoring, prunes }: SearchWorkerData): void {
  const task = {
    estimator: estimatorFrom(estimator) as Classifier,
    folds: trainingFolds(data),
    scorer: scorerNamed(scoring),
    prunes,
  };
  evaluate = searchObjective(task, stopwatch);
}

export default function objective(params: Readonly<Record<string, unknown>>, trial: LiveTrial): Promise<number> {
  return evaluate(params, trial);
}
