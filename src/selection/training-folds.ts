import { VernierError } from "../core/errors.ts";
import { encodeLabels, type Label, type LabelsLike } from "../core/labels.ts";
import { type Matrix, type MatrixLike, takeRows, toMatrix } from "../core/matrix.ts";
import type { Fold } from "./fold.ts";
import { type FoldsLike, toFolds } from "./to-folds.ts";

/** One fold's rows, taken once, so that whatever a model keeps by its X serves every candidate. */
export interface TrainingFold {
  readonly trainX: Matrix;
  readonly trainY: readonly Label[];
  readonly testX: Matrix;
  readonly testY: readonly Label[];
}

/** A labeled table and its folds, checked; plain data that can be posted to a worker. */
export interface FoldedData {
  readonly X: Matrix;
  readonly y: readonly Label[];
  readonly folds: readonly Fold[];
}

/**
 * Checks X [n, d] and y [n] and divides them.
 * Throws `invalid-data` for entries that are not finite, unequal lengths or fewer than two classes, and
 * `invalid-argument` where `cv` does not fit.
 */
export function foldData(X: MatrixLike, y: LabelsLike, cv: FoldsLike): FoldedData {
  const matrix = toMatrix(X);
  const { classes } = encodeLabels(y);
  if (matrix.rows !== y.length) {
    throw new VernierError(
      "invalid-data",
      `"y": expected a label for each of X's ${matrix.rows} rows, got ${y.length}`,
    );
  }
  if (classes.length < 2) {
    throw new VernierError("invalid-data", `"y": expected at least two classes, got only ${String(classes[0])}`);
  }
  return { X: matrix, y: Array.from<Label>(y), folds: toFolds(cv, y) };
}

/** Each fold's rows. */
export function trainingFolds({ X, y, folds }: FoldedData): readonly TrainingFold[] {
  const labels = (rows: Int32Array): Label[] => Array.from(rows, (row) => y[row] as Label);
  return folds.map(({ train, test }) => ({
    trainX: takeRows(X, train),
    trainY: labels(train),
    testX: takeRows(X, test),
    testY: labels(test),
  }));
}
