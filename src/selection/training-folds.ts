import type { Matrix } from "../core/matrix.ts";
import { checkFeatures, type Features, featureMatrix, rowsOf, type Table, takeFeatures } from "../core/table.ts";
import type { Estimator } from "../models/estimator.ts";
import { sampleWeights } from "../models/training-data.ts";
import type { Fold } from "./fold.ts";
import { type Targets, type TargetsLike, takeTargets, toTargets } from "./targets.ts";
import { type FoldsLike, toFolds } from "./to-folds.ts";

/** One fold's rows, taken once, so that whatever a model keeps by its X serves every candidate. */
export interface TrainingFold {
  readonly trainX: Matrix | Table;
  readonly trainY: Targets;
  readonly trainWeights: Float64Array | null;
  readonly testX: Matrix | Table;
  readonly testY: Targets;
}

/** A table with targets and its folds, checked; plain data that can be posted to a worker. */
export interface FoldedData {
  readonly X: Matrix | Table;
  readonly y: Targets;
  /** Of the samples in fits [n]; null: all alike. */
  readonly weights: Float64Array | null;
  readonly folds: readonly Fold[];
}

/** How the samples are divided, and what they count. */
export interface FoldOptions {
  /** Number of folds (default 5), stratified for classifiers; a splitter; or the folds. */
  readonly cv?: FoldsLike;
  /** What each sample counts in fits [n], as in `fit`; scores count all alike. */
  readonly sampleWeight?: ArrayLike<number>;
}

/**
 * Checks X [n, d] and y [n] for the estimator and divides them. For a `tabular` one columns of categories and missing
 * values are let through as they are; else a table becomes a Matrix.
 * Throws `invalid-data` for entries that are not finite, unequal lengths, fewer than two classes or weights that are
 * none, and `invalid-argument` where `cv` does not fit.
 */
export function foldData(
  estimator: Estimator<object>,
  X: Features,
  y: TargetsLike,
  { cv = 5, sampleWeight }: FoldOptions,
): FoldedData {
  const features = estimator.tabular === true ? checkFeatures(X) : featureMatrix(X);
  const rows = rowsOf(features);
  const targets = toTargets(estimator.task, y, rows);
  const weights = sampleWeight === undefined ? null : sampleWeights({ sampleWeight }, rows);
  return { X: features, y: targets, weights, folds: toFolds(cv, targets, estimator.task) };
}

/** Each fold's rows. */
export function trainingFolds({ X, y, weights, folds }: FoldedData): readonly TrainingFold[] {
  return folds.map(({ train, test }) => ({
    trainX: takeFeatures(X, train),
    trainY: takeTargets(y, train),
    trainWeights: weights === null ? null : Float64Array.from(train, (row) => weights[row] as number),
    testX: takeFeatures(X, test),
    testY: takeTargets(y, test),
  }));
}
