import type { Features } from "../core/table.ts";
import type { Estimator } from "../models/estimator.ts";
import { toErrorScore } from "./error-score.ts";
import { deviationOf, meanOf, scoreFold } from "./score-fold.ts";
import { defaultScoring, type Scoring, toMetrics } from "./scoring.ts";
import { type Stopwatch, stopwatch } from "./stopwatch.ts";
import type { TargetsLike } from "./targets.ts";
import { type FoldOptions, foldData, trainingFolds } from "./training-folds.ts";

export interface CrossValidateOptions extends FoldOptions {
  /**
   * The score, or several: a name (default "accuracy", for regressors "r2"), a scorer or a function, a list of such,
   * or an object of them by names of one's own; greater is better.
   */
  readonly scoring?: Scoring;
  /** Whether to score on the rows that were trained on, too; default false. */
  readonly trainScore?: boolean;
  /** What a fold scores whose fit or score throws; default "raise": the error goes on. */
  readonly errorScore?: number | "raise";
  /** Times the fits. */
  readonly stopwatch?: Stopwatch;
}

/** One metric's scores by fold. */
export interface FoldScores {
  readonly scores: readonly number[];
  readonly mean: number;
  /** Standard deviation of the scores, divided by their number. */
  readonly std: number;
  /** The scores on the rows that were trained on, with `trainScore`. */
  readonly trainScores?: readonly number[];
}

/** Scores and times by fold; scores and their statistics are the first metric's. */
export interface CrossValidation extends FoldScores {
  /** Every metric's by name. */
  readonly metrics: Readonly<Record<string, FoldScores>>;
  readonly fitSeconds: readonly number[];
  readonly scoreSeconds: readonly number[];
}

/**
 * Trains `estimator` on all folds of X [n, d], y [n] but one and scores it on that one, for each in turn. X may be a
 * table, and a pipeline's may have words and missing values. A class that a training side lacks is never predicted
 * there; scores of probabilities refuse a test side with it.
 * Throws what the model throws; `invalid-data` for NaN in X, unequal lengths or one class; `invalid-argument` for
 * an unknown score or folds that do not fit.
 */
export function crossValidate(
  estimator: Estimator<object>,
  X: Features,
  y: TargetsLike,
  options: CrossValidateOptions = {},
): CrossValidation {
  const metrics = toMetrics(options.scoring ?? defaultScoring(estimator.task));
  const scoring = {
    metrics,
    trainScore: options.trainScore ?? false,
    errorScore: toErrorScore(options.errorScore) ?? "raise",
    watch: options.stopwatch ?? stopwatch,
  };
  const folds = trainingFolds(foldData(estimator, X, y, options));
  const results = folds.map((fold) => scoreFold(estimator, fold, scoring));
  const byMetric = metrics.map(({ name }, k): [string, FoldScores] => {
    const scores = results.map((result) => result.scores[k] as number);
    const foldScores = { scores, mean: meanOf(scores), std: deviationOf(scores) };
    if (!scoring.trainScore) return [name, foldScores];
    return [name, { ...foldScores, trainScores: results.map(({ trainScores }) => trainScores?.[k] as number) }];
  });
  return {
    ...(byMetric[0] as [string, FoldScores])[1],
    metrics: Object.fromEntries(byMetric),
    fitSeconds: results.map(({ fitSeconds }) => fitSeconds),
    scoreSeconds: results.map(({ scoreSeconds }) => scoreSeconds),
  };
}
