import { expectOneOf, VernierError } from "../core/errors.ts";
import { encodeLabels, type Label, type LabelsLike } from "../core/labels.ts";
import { type PairedLabels, pairLabels } from "./paired-labels.ts";
import { sumOf, type WeightOptions, weightsOf } from "./sample-weight.ts";

/** How often each class was taken for each. */
export interface ConfusionMatrix {
  /** The order of rows and columns. */
  readonly labels: readonly Label[];
  /** `counts[i][j]`: samples of class `labels[i]` that were predicted to be `labels[j]`; weights or shares of them. */
  readonly counts: readonly (readonly number[])[];
}

export interface ConfusionMatrixOptions extends WeightOptions {
  /** The classes in the order of rows and columns; default all that occur, sorted. */
  readonly labels?: readonly Label[];
  /** Divide by the sum of the row ("true"), of the column ("pred") or of everything ("all"); 0 / 0 is 0. */
  readonly normalize?: "true" | "pred" | "all";
}

/**
 * Counts pairs of true and predicted class; rows are the true classes.
 * The classes are all that occur, sorted, or `labels` in their order, which must hold every label that occurs.
 * Throws `invalid-data` for unequal lengths, empty lists, a label twice or a label that is not listed.
 */
export function confusionMatrix(
  yTrue: LabelsLike,
  yPred: LabelsLike,
  options: ConfusionMatrixOptions = {},
): ConfusionMatrix {
  const { labels, normalize } = options;
  if (labels !== undefined) expectDistinct(labels);
  if (normalize !== undefined) expectOneOf("normalize", normalize, ["true", "pred", "all"]);
  const pairs = pairLabels(yTrue, yPred, labels);
  const counts = countPairs(pairs, weightsOf(options.sampleWeight, yTrue.length));
  if (normalize === undefined) return { labels: pairs.classes, counts };
  const rows = counts.map(sumOf);
  const columns = counts.map((_, j) => sumOf(counts.map((row) => row[j] as number)));
  const all = sumOf(rows);
  const totals = { true: (i: number) => rows[i], pred: (_: number, j: number) => columns[j], all: () => all };
  const shares = counts.map((row, i) => row.map((count, j) => count && count / (totals[normalize](i, j) as number)));
  return { labels: pairs.classes, counts: shares };
}

/** counts[i][j]: the weight of the samples of class i that were predicted to be of class j. */
export function countPairs({ classes, actual, predicted }: PairedLabels, weights: Float64Array): number[][] {
  const counts = classes.map(() => classes.map(() => 0));
  for (let k = 0; k < actual.length; k++) {
    (counts[actual[k] as number] as number[])[predicted[k] as number]! += weights[k] as number;
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
