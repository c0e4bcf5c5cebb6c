import { VernierError } from "../core/errors.ts";
import type { LabelsLike } from "../core/labels.ts";
import { countPairs } from "./confusion-matrix.ts";
import { pairLabels } from "./paired-labels.ts";
import { sumOf, weightedMean, type WeightOptions, weightsOf } from "./sample-weight.ts";

/**
 * The share of predictions that are right, 0 to 1.
 * Throws `invalid-data` for unequal lengths, empty lists or weights that are none.
 */
export function accuracy(yTrue: LabelsLike, yPred: LabelsLike, options: WeightOptions = {}): number {
  const { actual, predicted } = pairLabels(yTrue, yPred);
  const weights = weightsOf(options.sampleWeight, actual.length);
  return weightedMean(weights, (i) => (actual[i] === predicted[i] ? 1 : 0));
}

export interface BalancedAccuracyOptions extends WeightOptions {
  /** Whether to rescale so that guessing at random is 0 in the mean, and 1 stays perfect; default false. */
  readonly adjusted?: boolean;
}

/**
 * The mean over the true classes of the share of their members that were found, 0 to 1: accuracy on a table
 * in which every class weighs the same. Throws as `accuracy` does; `invalid-data` too when adjusted for one class.
 */
export function balancedAccuracy(yTrue: LabelsLike, yPred: LabelsLike, options: BalancedAccuracyOptions = {}): number {
  const pairs = pairLabels(yTrue, yPred);
  const counts = countPairs(pairs, weightsOf(options.sampleWeight, yTrue.length));
  const shares: number[] = [];
  counts.forEach((row, k) => {
    const members = sumOf(row);
    if (members > 0) shares.push((row[k] as number) / members);
  });
  const score = sumOf(shares) / shares.length;
  if (!options.adjusted) return score;
  if (shares.length < 2) {
    throw new VernierError("invalid-data", '"yTrue": expected at least two classes when adjusted, got one');
  }
  const chance = 1 / shares.length;
  return (score - chance) / (1 - chance);
}
