import { show, VernierError } from "../core/errors.ts";
import { encodeLabels, type Label, type LabelsLike } from "../core/labels.ts";
import { expectMembers, type ScoresLike, scoredClasses } from "./scores.ts";
import type { WeightOptions } from "./sample-weight.ts";
import { type ThresholdCounts, thresholdCounts } from "./threshold-counts.ts";

export interface CurveOptions extends WeightOptions {
  /** The class to be found; default the last of two in sorted order, which a list of scores grows with. */
  readonly positive?: Label;
}

export interface RocCurveOptions extends CurveOptions {
  /** Whether to leave out the points on a straight line between two others; default true. */
  readonly dropIntermediate?: boolean;
}

/** A receiver operating characteristic, from (0, 0) to (1, 1); all three lists of one length. */
export interface RocCurve {
  readonly falsePositiveRate: Float64Array;
  readonly truePositiveRate: Float64Array;
  /** Falling; a sample is called positive from this score on. The first is Infinity: none is. */
  readonly thresholds: Float64Array;
}

/**
 * The receiver operating characteristic of two classes. `scores` is a list of finite numbers [n], larger for the
 * positive class, or probabilities [n, 2], of which the positive class's are taken.
 * Throws `invalid-data` for unequal lengths, wrong entries, a class without samples or other than two classes,
 * `invalid-argument` for a positive class that does not occur.
 */
export function rocCurve(yTrue: LabelsLike, scores: ScoresLike, options: RocCurveOptions = {}): RocCurve {
  const { thresholds, truePositives, falsePositives } = countsOf(yTrue, scores, options);
  const drop = options.dropIntermediate ?? true;
  const kept = [...thresholds.keys()].filter(
    (i) => !drop || i === 0 || i === thresholds.length - 1 || bends(truePositives, i) || bends(falsePositives, i),
  );
  const rate = (counts: Float64Array): Float64Array => {
    const total = counts.at(-1) as number;
    return Float64Array.from([0, ...kept.map((i) => (counts[i] as number) / total)]);
  };
  return {
    falsePositiveRate: rate(falsePositives),
    truePositiveRate: rate(truePositives),
    thresholds: Float64Array.from([Number.POSITIVE_INFINITY, ...kept.map((i) => thresholds[i] as number)]),
  };
}

/** Precision and recall [thresholds + 1] by threshold, ending with precision 1 at recall 0. */
export interface PrecisionRecallCurve {
  readonly precision: Float64Array;
  /** Falling. */
  readonly recall: Float64Array;
  /** Every distinct score, rising; a sample is called positive from this score on. */
  readonly thresholds: Float64Array;
}

/** Precision and recall of the positive one of two classes at every distinct score. Otherwise as `rocCurve`. */
export function precisionRecallCurve(
  yTrue: LabelsLike,
  scores: ScoresLike,
  options: CurveOptions = {},
): PrecisionRecallCurve {
  const { thresholds, truePositives, falsePositives } = countsOf(yTrue, scores, options);
  const positives = truePositives.at(-1) as number;
  const precision = truePositives.map((hits, i) => hits / (hits + (falsePositives[i] as number)));
  const recall = truePositives.map((hits) => hits / positives);
  return {
    precision: Float64Array.from([...precision.toReversed(), 1]),
    recall: Float64Array.from([...recall.toReversed(), 0]),
    thresholds: thresholds.toReversed(),
  };
}

function countsOf(yTrue: LabelsLike, scores: ScoresLike, options: CurveOptions): ThresholdCounts {
  const { classes } = encodeLabels(yTrue, "yTrue");
  if (classes.length > 2) {
    const seen = classes.map(show).join(", ");
    throw new VernierError("invalid-data", `"yTrue": expected two classes, got ${classes.length} (${seen})`);
  }
  const scored = scoredClasses(yTrue, scores, undefined, options.sampleWeight);
  expectMembers(classes, scored.sizes);
  const k = options.positive === undefined ? 1 : classes.indexOf(options.positive);
  if (k >= 0) return thresholdCounts(scored.against(k));
  const seen = classes.map(show).join(", ");
  throw new VernierError("invalid-argument", `"positive": expected one of ${seen}, got ${show(options.positive)}`);
}

// Whether the steps before and after the point differ.
function bends(counts: Float64Array, i: number): boolean {
  const [before, here, after] = [counts[i - 1] as number, counts[i] as number, counts[i + 1] as number];
  return after - here !== here - before;
}
