import { show, VernierError } from "../core/errors.ts";
import { encodeLabels, type Label, type LabelsLike } from "../core/labels.ts";
import type { Matrix, MatrixLike } from "../core/matrix.ts";
import { expectDistinct } from "./confusion-matrix.ts";
import { codesIn, expectEqualLengths } from "./paired-labels.ts";
import { toProbabilities } from "./probabilities.ts";
import { type SampleWeight, weightsOf } from "./sample-weight.ts";

/** For two classes a list of finite numbers [n] that grow with the second class's odds; or probabilities [n, classes]. */
export type ScoresLike = readonly number[] | Float64Array | MatrixLike;

/** Samples to be ranked, one class against the others. */
export interface RankedSamples {
  /** Larger for those more likely positive. */
  readonly scores: ArrayLike<number>;
  readonly isPositive: (i: number) => boolean;
  readonly weights: ArrayLike<number>;
}

/** True classes and what was said of them, checked. */
export interface ScoredClasses {
  readonly classes: readonly Label[];
  /** Positions in `classes`. */
  readonly codes: Int32Array;
  readonly weights: Float64Array;
  /** The samples' weight by class. */
  readonly sizes: readonly number[];
  /** Class k against the others; a list of scores ranks k, whichever class that is. */
  against(k: number): RankedSamples;
  /** The probabilities; null for a list of scores. */
  readonly P: Matrix | null;
}

/**
 * Checks the scores of two classes, as a list or probabilities, or of more, as probabilities.
 * Throws `invalid-data` for unequal lengths, fewer than two classes, wrong columns or entries.
 */
export function scoredClasses(
  yTrue: LabelsLike,
  scores: ScoresLike,
  labels: readonly Label[] | undefined,
  sampleWeight: SampleWeight | undefined,
): ScoredClasses {
  if (labels !== undefined) expectDistinct(labels);
  const classes = labels ?? encodeLabels(yTrue, "yTrue").classes;
  const codes = codesIn("yTrue", yTrue, classes);
  if (classes.length < 2) {
    throw new VernierError(
      "invalid-data",
      `"yTrue": expected at least two classes, got only ${classes.map(show).join()}`,
    );
  }
  const weights = weightsOf(sampleWeight, codes.length);
  const sizes = classes.map(() => 0);
  codes.forEach((code, i) => (sizes[code]! += weights[i] as number));
  const P = isList(scores) ? null : toProbabilities("scores", scores, codes.length, classes);
  if (isList(scores)) checkList(scores, codes.length, classes.length);
  const against = (k: number): RankedSamples => ({
    scores: P === null ? (scores as ArrayLike<number>) : column(P, k),
    isPositive: (i) => codes[i] === k,
    weights,
  });
  return { classes, codes, weights, sizes, against, P };
}

/** Throws `invalid-data` unless every one of the classes has samples of a weight above 0. */
export function expectMembers(classes: readonly Label[], sizes: readonly number[]): void {
  const missing = classes.find((_, k) => sizes[k] === 0);
  if (missing === undefined) return;
  throw new VernierError("invalid-data", `"yTrue": expected samples of every class, got none of ${show(missing)}`);
}

/** Column k as a list. */
export function column(P: Matrix, k: number): Float64Array {
  return Float64Array.from({ length: P.rows }, (_, i) => P.data[i * P.cols + k] as number);
}

function isList(scores: ScoresLike): scores is readonly number[] | Float64Array {
  return scores instanceof Float64Array || (Array.isArray(scores) && !(typeof scores[0] === "object"));
}

function checkList(scores: ArrayLike<number>, n: number, classes: number): void {
  if (classes > 2) {
    throw new VernierError(
      "invalid-data",
      `"scores": expected probabilities [n, ${classes}], a column a class, got a single list`,
    );
  }
  expectEqualLengths("yTrue", n, "scores", scores.length);
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(scores[i])) {
      throw new VernierError(
        "invalid-data",
        `"scores": expected finite numbers, got ${show(scores[i])} at position ${i}`,
      );
    }
  }
}
