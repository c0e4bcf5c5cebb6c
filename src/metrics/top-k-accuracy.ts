import { expectInteger, show, VernierError } from "../core/errors.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import { type MatrixLike, toMatrix } from "../core/matrix.ts";
import { codesIn, expectEqualLengths } from "./paired-labels.ts";
import { probabilityClasses } from "./probabilities.ts";
import { weightedMean, type WeightOptions, weightsOf } from "./sample-weight.ts";

export interface TopKAccuracyOptions extends WeightOptions {
  /** How many classes may be named, from 1 to one less than there are; default 2. */
  readonly k?: number;
  /** The classes in the order of the scores' columns; default those of yTrue, sorted. */
  readonly labels?: readonly Label[];
}

/**
 * The share of samples whose true class is among the k with the largest scores, 0 to 1. `scores` is [n, classes],
 * probabilities or any finite numbers; of equal scores the later column counts as larger.
 * Throws `invalid-data` for unequal lengths, wrong columns or entries, weights that are none, or a single class
 * without `labels`; `invalid-argument` for k out of range, as naming every class would always be right.
 */
export function topKAccuracy(yTrue: LabelsLike, scores: MatrixLike, options: TopKAccuracyOptions = {}): number {
  const classes = probabilityClasses(yTrue, options.labels);
  const k = expectInteger("k", options.k ?? 2, 1, classes.length - 1);
  const codes = codesIn("yTrue", yTrue, classes);
  const S = toMatrix(scores, "scores");
  expectEqualLengths("yTrue", codes.length, "scores", S.rows);
  if (S.cols !== classes.length) {
    throw new VernierError(
      "invalid-data",
      `"scores": expected a column for each of the classes ${classes.map(show).join(", ")}, got ${S.cols} columns`,
    );
  }
  return weightedMean(weightsOf(options.sampleWeight, codes.length), (i) => {
    const code = codes[i] as number;
    const own = S.data[i * S.cols + code] as number;
    let before = 0;
    for (let j = 0; j < S.cols; j++) {
      const other = S.data[i * S.cols + j] as number;
      if (other > own || (other === own && j > code)) before++;
    }
    return before < k ? 1 : 0;
  });
}
