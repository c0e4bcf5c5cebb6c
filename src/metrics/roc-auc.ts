import { expectOneOf, show, VernierError } from "../core/errors.ts";
import { encodeLabels, type Label, type LabelsLike } from "../core/labels.ts";
import type { Matrix, MatrixLike } from "../core/matrix.ts";
import { expectDistinct } from "./confusion-matrix.ts";
import { codesIn, expectEqualLengths } from "./paired-labels.ts";
import { toProbabilities } from "./probabilities.ts";

export interface RocAucOptions {
  /** For more than two classes: each against the rest (default), or every pair; the mean of all. */
  readonly multiclass?: "ovr" | "ovo";
  /** The classes in the order of the scores' columns; default those of yTrue, sorted. */
  readonly labels?: readonly Label[];
}

/**
 * Area under the receiver operating characteristic: the chance that a random positive sample scores above a
 * random negative one, ties counted half. 0.5 is guessing, 1 a perfect order.
 *
 * Two classes: `scores` is a list of any finite numbers [n], larger for the second class in sorted order, or
 * probabilities [n, 2]. More: probabilities [n, classes], and the macro average of `multiclass`.
 * Throws `invalid-data` for unequal lengths, wrong columns, a class without samples, or entries that are not
 * probabilities where those are needed.
 * Method: rank sums (Mann and Whitney 1947); pairs as in Hand and Till (2001).
 */
export function rocAuc(
  yTrue: LabelsLike,
  scores: readonly number[] | Float64Array | MatrixLike,
  options: RocAucOptions = {},
): number {
  const multiclass = expectOneOf("multiclass", options.multiclass ?? "ovr", ["ovr", "ovo"]);
  if (options.labels !== undefined) expectDistinct(options.labels);
  const classes = options.labels ?? encodeLabels(yTrue, "yTrue").classes;
  const codes = codesIn("yTrue", yTrue, classes);
  expectMembers(codes, classes);
  if (isList(scores)) {
    if (classes.length > 2) {
      throw new VernierError(
        "invalid-data",
        `"scores": expected probabilities [n, ${classes.length}], a column a class, got a single list`,
      );
    }
    expectEqualLengths("yTrue", codes.length, "scores", scores.length);
    expectFinite(scores);
    return areaOf(scores, (i) => codes[i] === 1);
  }
  const P = toProbabilities("scores", scores, codes.length, classes);
  if (classes.length === 2) return areaOf(column(P, 1), (i) => codes[i] === 1);
  return multiclass === "ovr" ? oneVsRest(P, codes) : oneVsOne(P, codes);
}

function oneVsRest(P: Matrix, codes: Int32Array): number {
  let sum = 0;
  for (let k = 0; k < P.cols; k++) sum += areaOf(column(P, k), (i) => codes[i] === k);
  return sum / P.cols;
}

// Each pair of classes among its own samples, once by either class's column.
function oneVsOne(P: Matrix, codes: Int32Array): number {
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < P.cols; a++) {
    for (let b = a + 1; b < P.cols; b++) {
      const rows = [...codes.keys()].filter((i) => codes[i] === a || codes[i] === b);
      for (const positive of [a, b]) {
        const scores = rows.map((i) => P.data[i * P.cols + positive] as number);
        sum += areaOf(scores, (i) => codes[rows[i] as number] === positive) / 2;
      }
      pairs++;
    }
  }
  return sum / pairs;
}

// Counts are whole and half numbers, exact up to 2^53: the area's only rounding is the division.
function areaOf(scores: ArrayLike<number>, isPositive: (i: number) => boolean): number {
  const order = Int32Array.from({ length: scores.length }, (_, i) => i);
  order.sort((i, j) => (scores[i] as number) - (scores[j] as number));
  let below = 0;
  let positives = 0;
  let wins = 0;
  for (let start = 0; start < order.length; ) {
    const score = scores[order[start] as number];
    let tiedPositives = 0;
    let end = start;
    for (; end < order.length && scores[order[end] as number] === score; end++) {
      if (isPositive(order[end] as number)) tiedPositives++;
    }
    const tiedNegatives = end - start - tiedPositives;
    wins += tiedPositives * (below + tiedNegatives / 2);
    below += tiedNegatives;
    positives += tiedPositives;
    start = end;
  }
  return wins / (positives * below);
}

function column(P: Matrix, k: number): Float64Array {
  return Float64Array.from({ length: P.rows }, (_, i) => P.data[i * P.cols + k] as number);
}

function isList(scores: readonly number[] | Float64Array | MatrixLike): scores is readonly number[] | Float64Array {
  return scores instanceof Float64Array || (Array.isArray(scores) && !(typeof scores[0] === "object"));
}

function expectMembers(codes: Int32Array, classes: readonly Label[]): void {
  if (classes.length < 2) {
    throw new VernierError(
      "invalid-data",
      `"yTrue": expected at least two classes, got only ${classes.map(show).join()}`,
    );
  }
  const missing = classes.find((_, k) => !codes.includes(k));
  if (missing !== undefined) {
    throw new VernierError("invalid-data", `"yTrue": expected samples of every class, got none of ${show(missing)}`);
  }
}

function expectFinite(scores: ArrayLike<number>): void {
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i])) {
      throw new VernierError(
        "invalid-data",
        `"scores": expected finite numbers, got ${show(scores[i])} at position ${i}`,
      );
    }
  }
}
