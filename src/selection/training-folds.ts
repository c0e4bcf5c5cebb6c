import { VernierError } from "../core/errors.ts";
import { encodeLabels, type Label, type LabelsLike } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";
import { checkFeatures, type Features, featureMatrix, rowsOf, type Table, takeFeatures } from "../core/table.ts";
import type { Fold } from "./fold.ts";
import { type FoldsLike, toFolds } from "./to-folds.ts";

/** One fold's rows, taken once, so that whatever a model keeps by its X serves every candidate. */
export interface TrainingFold {
  readonly trainX: Matrix | Table;
  readonly trainY: readonly Label[];
  readonly testX: Matrix | Table;
  readonly testY: readonly Label[];
}

/** A labeled table and its folds, checked; plain data that can be posted to a worker. */
export interface FoldedData {
  readonly X: Matrix | Table;
  readonly y: readonly Label[];
  readonly folds: readonly Fold[];
}

/**
 * Checks X [n, d] and y [n] and divides them. With `tabular` columns of categories and missing values are let
 * through as they are; else a table becomes a Matrix.
 * Throws `invalid-data` for entries that are not finite, unequal lengths or fewer than two classes, and
 * `invalid-argument` where `cv` does not fit.
 */
export function foldData(X: Features, y: LabelsLike, cv: FoldsLike, tabular: boolean = false): FoldedData {
  const features = tabular ? checkFeatures(X) : featureMatrix(X);
  const rows = rowsOf(features);
  const { classes } = encodeLabels(y);
  if (rows !== y.length) {
    throw new VernierError("invalid-data", `"y": expected a label for each of X's ${rows} rows, got ${y.length}`);
  }
  if (classes.length < 2) {
    throw new VernierError("invalid-data", `"y": expected at least two classes, got only ${String(classes[0])}`);
  }
  return { X: features, y: Array.from<Label>(y), folds: toFolds(cv, y) };
}

/** Each fold's rows. */
export function trainingFolds({ X, y, folds }: FoldedData): readonly TrainingFold[] {
  const labels = (rows: Int32Array): Label[] => Array.from(rows, (row) => y[row] as Label);
  return folds.map(({ train, test }) => ({
    trainX: takeFeatures(X, train),
    trainY: labels(train),
    testX: takeFeatures(X, test),
    testY: labels(test),
  }));
}
