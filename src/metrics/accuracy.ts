import type { LabelsLike } from "../core/labels.ts";
import { countPairs } from "./confusion-matrix.ts";
import { pairLabels } from "./paired-labels.ts";

/**
 * The share of predictions that are right, 0 to 1.
 * Throws `invalid-data` for unequal lengths or empty lists.
 */
export function accuracy(yTrue: LabelsLike, yPred: LabelsLike): number {
  const { actual, predicted } = pairLabels(yTrue, yPred);
  let hits = 0;
  for (let i = 0; i < actual.length; i++) if (actual[i] === predicted[i]) hits++;
  return hits / actual.length;
}

/**
 * The mean over the true classes of the share of their members that were found, 0 to 1: accuracy on a table
 * in which every class weighs the same. Throws as `accuracy` does.
 */
export function balancedAccuracy(yTrue: LabelsLike, yPred: LabelsLike): number {
  const counts = countPairs(pairLabels(yTrue, yPred));
  let sum = 0;
  let present = 0;
  counts.forEach((row, k) => {
    const members = row.reduce((total, count) => total + count, 0);
    if (members === 0) return;
    sum += (row[k] as number) / members;
    present++;
  });
  return sum / present;
}
