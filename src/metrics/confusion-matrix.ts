import { encodeLabels, type Label, type LabelsLike } from "../core/labels.ts";
import { VernierError } from "../core/errors.ts";
import { type PairedLabels, pairLabels } from "./paired-labels.ts";

/** How often each class was taken for each. */
export interface ConfusionMatrix {
  /** The order of rows and columns. */
  readonly labels: readonly Label[];
  /** `counts[i][j]`: samples of class `labels[i]` that were predicted to be `labels[j]`. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * Counts pairs of true and predicted class; rows are the true classes.
 * The classes are all that occur, sorted, or `labels` in their order, which must hold every label that occurs.
 * Throws `invalid-data` for unequal lengths, empty lists, a label twice or a label that is not listed.
 */
export function confusionMatrix(
  yTrue: LabelsLike,
  yPred: LabelsLike,
  options: { readonly labels?: readonly Label[] } = {},
): ConfusionMatrix {
  const { labels } = options;
  if (labels !== undefined) expectDistinct(labels);
  const pairs = pairLabels(yTrue, yPred, labels);
  return { labels: pairs.classes, counts: countPairs(pairs) };
}

/** counts[i][j]: how often class i was predicted to be class j. */
export function countPairs({ classes, actual, predicted }: PairedLabels): number[][] {
  const counts = classes.map(() => classes.map(() => 0));
  for (let k = 0; k < actual.length; k++) {
    (counts[actual[k] as number] as number[])[predicted[k] as number]! += 1;
  }
  return counts;
}

/** Throws `invalid-data` unless `labels` are valid labels, each once. */
export function expectDistinct(labels: readonly Label[]): void {
  const distinct = encodeLabels(labels, "labels").classes.length;
  if (distinct !== labels.length) {
    throw new VernierError("invalid-data", `"labels": expected every label once, got ${labels.length} of ${distinct}`);
  }
}
