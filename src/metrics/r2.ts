import { VernierError } from "../core/errors.ts";
import { pairValues, type ValuesLike } from "./paired-values.ts";
import { weightedMean, type WeightOptions } from "./sample-weight.ts";

/**
 * The coefficient of determination: 1 - sum (yTrue - yPred)^2 / sum (yTrue - mean)^2. 1 is perfect, 0 what the mean
 * of yTrue gives, below 0 worse. Where every yTrue is the same: 1 for perfect predictions, 0 for others.
 * Throws `invalid-data` for fewer than two samples, unequal lengths, numbers that are not finite or weights that
 * are none.
 */
export function r2(yTrue: ValuesLike, yPred: ValuesLike, options: WeightOptions = {}): number {
  return explained(yTrue, yPred, options, false);
}

/**
 * The share of yTrue's variance that the predictions leave no rest of: 1 - Var(yTrue - yPred) / Var(yTrue). As
 * `r2`, but a constant error costs nothing.
 */
export function explainedVariance(yTrue: ValuesLike, yPred: ValuesLike, options: WeightOptions = {}): number {
  return explained(yTrue, yPred, options, true);
}

function explained(yTrue: ValuesLike, yPred: ValuesLike, options: WeightOptions, centered: boolean): number {
  const { actual, predicted, weights } = pairValues(yTrue, yPred, options);
  if (actual.length < 2) throw new VernierError("invalid-data", '"yTrue": expected at least two numbers, got 1');
  const error = (i: number): number => (actual[i] as number) - (predicted[i] as number);
  const rest = centered ? variance(weights, error) : weightedMean(weights, (i) => error(i) * error(i));
  const spread = variance(weights, (i) => actual[i] as number);
  if (spread > 0) return 1 - rest / spread;
  return rest > 0 ? 0 : 1;
}

// Taken from a sample's value, so that it is 0, and not the mean's rounding, where all are the same.
function variance(weights: Float64Array, value: (i: number) => number): number {
  const origin = value(weights.findIndex((weight) => weight > 0));
  const mean = weightedMean(weights, (i) => value(i) - origin);
  return weightedMean(weights, (i) => (value(i) - origin - mean) * (value(i) - origin - mean));
}
