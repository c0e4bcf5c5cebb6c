import type { LabelsLike } from "../core/labels.ts";
import type { Features } from "../core/table.ts";
import type { Classifier } from "../models/estimator.ts";

import { deviationOf, meanOf, scoreFold } from "./score-fold.ts";
import { type ScoringLike, toScorer } from "./score-fitted.ts";
import { type Stopwatch, stopwatch } from "./stopwatch.ts";
import type { FoldsLike } from "./to-folds.ts";
import { foldData, trainingFolds } from "./training-folds.ts";

export interface CrossValidateOptions {
  /** Number of stratified folds (default 5), a splitter, or the folds. */
  readonly cv?: FoldsLike;
  /** Name of the score (default "accuracy") or a scorer; greater is better. */
  readonly scoring?: ScoringLike;
  /** Times the fits. */
  readonly stopwatch?: Stopwatch;
}

/** Scores and times by fold. */
export interface CrossValidation {
  readonly scores: readonly number[];
  readonly mean: number;
  /** Standard deviation of the scores, divided by their number. */
  readonly std: number;
  readonly fitSeconds: readonly number[];
  readonly scoreSeconds: readonly number[];
}

/**
 * Trains `estimator` on all folds of X [n, d], y [n] but one and scores it on that one, for each in turn. X may be a
 * table, and a pipeline's may have words and missing values.
 * Throws what the model throws; `invalid-data` for NaN in X, unequal lengths or one class; `invalid-argument` for
 * an unknown score or folds that do not fit.
 */
export function crossValidate(
  estimator: Classifier<object>,
  X: Features,
  y: LabelsLike,
  options: CrossValidateOptions = {},
): CrossValidation {
  const scorer = toScorer(options.scoring ?? "accuracy");
  const folds = trainingFolds(foldData(X, y, options.cv ?? 5, estimator.tabular));
  const results = folds.map((fold) => scoreFold(estimator, fold, scorer, options.stopwatch ?? stopwatch));
  const scores = results.map(({ score }) => score);
  return {
    scores,
    mean: meanOf(scores),
    std: deviationOf(scores),
    fitSeconds: results.map(({ fitSeconds }) => fitSeconds),
    scoreSeconds: results.map(({ scoreSeconds }) => scoreSeconds),
  };
}
