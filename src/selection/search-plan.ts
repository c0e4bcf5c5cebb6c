import { show, VernierError } from "../core/errors.ts";
import type { Features } from "../core/table.ts";
import { scorers } from "../metrics/scorers.ts";
import type { Estimator } from "../models/estimator.ts";
import { specOf } from "../preprocessing/steps.ts";
import { toErrorScore } from "./error-score.ts";
import { type Metric, decidingFirst, defaultScoring, toMetrics } from "./scoring.ts";
import type { SearchTask } from "./search-objective.ts";
import type { SearchOptions } from "./search-options.ts";
import type { SearchWorkerData } from "./search-worker.ts";
import type { TargetsLike } from "./targets.ts";
import { foldData } from "./training-folds.ts";

/** What candidates are evaluated by, checked. */
export function searchTask(
  estimator: Estimator<object>,
  X: Features,
  y: TargetsLike,
  options: SearchOptions,
): SearchTask {
  const metrics = toMetrics(options.scoring ?? defaultScoring(estimator.task));
  return {
    estimator,
    data: foldData(estimator, X, y, options),
    metrics: decidingFirst(metrics, options.refit ?? true),
    prunes: options.pruner !== undefined,
    trainScore: options.trainScore ?? false,
    errorScore: toErrorScore(options.errorScore) ?? "raise",
    resource: null,
  };
}

/**
 * The same as plain data: workers rebuild the estimator and the scorers from their names.
 * Throws `invalid-argument` for scorers of one's own.
 */
export function forWorkers({ estimator, metrics, ...rest }: SearchTask): SearchWorkerData {
  return { ...rest, estimator: specOf(estimator), scoring: metrics.map(named) };
}

function named({ name, scorer }: Metric): readonly [string, string] {
  if (typeof scorer !== "function" && Object.hasOwn(scorers, scorer.name) && scorers[scorer.name] === scorer) {
    return [name, scorer.name];
  }
  throw new VernierError(
    "invalid-argument",
    `"scoring": expected a score's name with workers, as functions cannot be sent to them, got ${show(scorer)}`,
  );
}
