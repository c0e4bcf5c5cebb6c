import { show, VernierError } from "../core/errors.ts";
import { encodeLabels, type Label, type LabelsLike } from "../core/labels.ts";
import { type Matrix, type MatrixLike, toMatrix } from "../core/matrix.ts";
import { expectDistinct } from "./confusion-matrix.ts";
import { expectEqualLengths } from "./paired-labels.ts";

// Wide enough for probabilities that were computed in single precision.
const SUM_TOLERANCE = 1e-5;

/**
 * A table of class probabilities [n, classes], validated: right shape, entries in [0, 1], rows that sum to 1.
 * Throws `invalid-data` naming what is off and where.
 */
export function toProbabilities(name: string, proba: MatrixLike, n: number, classes: readonly Label[]): Matrix {
  const P = toMatrix(proba, name);
  expectEqualLengths("yTrue", n, name, P.rows);
  if (P.cols !== classes.length) {
    throw new VernierError(
      "invalid-data",
      `"${name}": expected a column for each of the classes ${classes.map(show).join(", ")}, got ${P.cols} columns`,
    );
  }
  for (let i = 0; i < P.rows; i++) {
    let sum = 0;
    for (let j = 0; j < P.cols; j++) {
      const p = P.data[i * P.cols + j] as number;
      if (!(p >= 0 && p <= 1)) {
        throw new VernierError(
          "invalid-data",
          `"${name}": expected probabilities from 0 to 1, got ${p} in row ${i}, column ${j}`,
        );
      }
      sum += p;
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new VernierError("invalid-data", `"${name}": expected rows that sum to 1, got ${sum} in row ${i}`);
    }
  }
  return P;
}

/** The classes of the columns: `labels`, or those of yTrue, sorted; throws `invalid-data` for fewer than two. */
export function probabilityClasses(yTrue: LabelsLike, labels: readonly Label[] | undefined): readonly Label[] {
  if (labels !== undefined) expectDistinct(labels);
  const classes = labels ?? encodeLabels(yTrue, "yTrue").classes;
  if (classes.length >= 2) return classes;
  throw new VernierError(
    "invalid-data",
    `"yTrue": expected at least two classes, or all of them as "labels", got only ${classes.map(show).join()}`,
  );
}
