import type { LabelsLike } from "../core/labels.ts";
import { classAverage, type PrecisionRecallOptions } from "./class-average.ts";

/**
 * Of the samples that are of a class or predicted to be, the share that are both: TP / (TP + FP + FN), 0 to 1.
 * Options and errors as `precision` has.
 */
export function jaccard(yTrue: LabelsLike, yPred: LabelsLike, options: PrecisionRecallOptions = {}): number {
  return classAverage(yTrue, yPred, options, ({ hits, predicted, actual }) => [hits, predicted - hits + actual]);
}
