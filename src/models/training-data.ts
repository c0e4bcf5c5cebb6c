import { VernierError } from "../core/errors.ts";
import { type EncodedLabels, encodeLabels, type LabelsLike } from "../core/labels.ts";
import { type Matrix, type MatrixLike, toMatrix } from "../core/matrix.ts";

/** What a classifier trains on, checked. */
export interface TrainingData {
  readonly X: Matrix;
  readonly labels: EncodedLabels;
}

/** Checks X [n, d] and y [n]; throws `invalid-data` for unequal lengths, bad entries or a single class. */
export function classificationData(X: MatrixLike, y: LabelsLike): TrainingData {
  const matrix = toMatrix(X);
  if (y.length !== matrix.rows) {
    throw new VernierError(
      "invalid-data",
      `"y": expected ${matrix.rows} labels, one for each row of X, got ${y.length}`,
    );
  }
  const labels = encodeLabels(y);
  if (labels.classes.length < 2) {
    throw new VernierError("invalid-data", `"y": expected at least two classes, got only ${String(labels.classes[0])}`);
  }
  return { X: matrix, labels };
}

/** X [m, d] to be predicted; throws `invalid-data` unless it has the `features` columns of the training data. */
export function predictionData(X: MatrixLike, features: number): Matrix {
  const matrix = toMatrix(X);
  if (matrix.cols === features) return matrix;
  throw new VernierError(
    "invalid-data",
    `"X": expected ${features} columns as in the training data, got ${matrix.cols}`,
  );
}
