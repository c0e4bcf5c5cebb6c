import { show, VernierError } from "../core/errors.ts";
import { type EncodedLabels, encodeLabels, type LabelsLike } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";
import { type Features, featureMatrix } from "../core/table.ts";
import type { FitOptions } from "./estimator.ts";

/** What a classifier trains on, checked. */
export interface TrainingData {
  readonly X: Matrix;
  readonly labels: EncodedLabels;
}

/** What a regressor trains on, checked. */
export interface RegressionData {
  readonly X: Matrix;
  readonly y: Float64Array;
}

/**
 * Checks X [n, d], which with `missing` may have NaN for missing values, and y [n]; throws `invalid-data` for unequal
 * lengths, bad entries or a single class.
 */
export function classificationData(X: Features, y: LabelsLike, missing: boolean = false): TrainingData {
  const matrix = featureMatrix(X, "X", missing);
  expectLength("y", y, matrix.rows, "labels");
  const labels = encodeLabels(y);
  if (labels.classes.length < 2) {
    throw new VernierError("invalid-data", `"y": expected at least two classes, got only ${String(labels.classes[0])}`);
  }
  return { X: matrix, labels };
}

/** The same of X [n, d] and y [n], which must be finite numbers. */
export function regressionData(X: Features, y: ArrayLike<number>, missing: boolean = false): RegressionData {
  const matrix = featureMatrix(X, "X", missing);
  return { X: matrix, y: regressionTargets(y, matrix.rows) };
}

/** y [rows]; throws `invalid-data` for another length and for what is no finite number. */
export function regressionTargets(y: ArrayLike<number>, rows: number): Float64Array {
  expectLength("y", y, rows);
  return finiteNumbers("y", y);
}

/**
 * The samples' weights [n], or null where none are given; throws `invalid-data` for unequal lengths, a weight that
 * is negative or not finite, or a sum of 0.
 */
export function sampleWeights({ sampleWeight }: FitOptions, n: number): Float64Array | null {
  if (sampleWeight === undefined) return null;
  expectLength("sampleWeight", sampleWeight, n);
  const weights = finiteNumbers("sampleWeight", sampleWeight);
  const negative = weights.findIndex((weight) => weight < 0);
  if (negative >= 0) {
    const message = `"sampleWeight": expected numbers >= 0, got ${weights[negative]} at position ${negative}`;
    throw new VernierError("invalid-data", message);
  }
  if (weights.some((weight) => weight > 0)) return weights;
  throw new VernierError("invalid-data", '"sampleWeight": expected at least one weight > 0, got only 0');
}

/** X [m, d] to be predicted; throws `invalid-data` unless it has the `features` columns of the training data. */
export function predictionData(X: Features, features: number, missing: boolean = false): Matrix {
  const matrix = featureMatrix(X, "X", missing);
  if (matrix.cols === features) return matrix;
  throw new VernierError(
    "invalid-data",
    `"X": expected ${features} columns as in the training data, got ${matrix.cols}`,
  );
}

function expectLength(name: string, values: ArrayLike<unknown>, rows: number, what: string = "numbers"): void {
  if (values?.length === rows) return;
  const got = values?.length === undefined ? show(values) : String(values.length);
  throw new VernierError("invalid-data", `"${name}": expected ${rows} ${what}, one for each row of X, got ${got}`);
}

function finiteNumbers(name: string, values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, (value, i) => {
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw new VernierError("invalid-data", `"${name}": expected finite numbers, got ${show(value)} at position ${i}`);
  });
}
