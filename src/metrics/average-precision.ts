import { expectOneOf } from "../core/errors.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import { averageOf } from "./roc-auc.ts";
import type { WeightOptions } from "./sample-weight.ts";
import { expectMembers, type RankedSamples, type ScoresLike, scoredClasses } from "./scores.ts";
import { thresholdCounts } from "./threshold-counts.ts";

export interface AveragePrecisionOptions extends WeightOptions {
  /** For more than two classes, each against the rest: the mean of all (default), or by the classes' sizes. */
  readonly average?: "macro" | "weighted";
  /** The classes in the order of the scores' columns; default those of yTrue, sorted. */
  readonly labels?: readonly Label[];
}

/**
 * The mean of the precisions at the thresholds, each weighted by the recall that it adds: the area under the
 * precision-recall curve taken as steps, not interpolated. 1 is perfect; guessing gives the positives' share.
 *
 * Two classes: `scores` is a list of finite numbers [n], larger for the second class in sorted order, which is the
 * positive one, or probabilities [n, 2]. More: probabilities [n, classes].
 * Throws `invalid-data` for unequal lengths, wrong columns or entries, or a class without samples.
 */
export function averagePrecision(yTrue: LabelsLike, scores: ScoresLike, options: AveragePrecisionOptions = {}): number {
  const average = expectOneOf<"macro" | "weighted">("average", options.average ?? "macro", ["macro", "weighted"]);
  const scored = scoredClasses(yTrue, scores, options.labels, options.sampleWeight);
  expectMembers(scored.classes, scored.sizes);
  if (scored.classes.length === 2) return steppedArea(scored.against(1));
  return averageOf(
    scored.classes.map((_, k) => steppedArea(scored.against(k))),
    average,
    scored.sizes,
  );
}

function steppedArea(samples: RankedSamples): number {
  const { truePositives, falsePositives } = thresholdCounts(samples);
  const positives = truePositives.at(-1) as number;
  let area = 0;
  let before = 0;
  truePositives.forEach((hits, t) => {
    area += ((hits - before) / positives) * (hits / (hits + (falsePositives[t] as number)));
    before = hits;
  });
  return area;
}
