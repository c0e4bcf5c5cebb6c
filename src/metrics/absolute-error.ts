import { expectNumber } from "../core/errors.ts";
import { type PairedValues, pairValues, type ValuesLike } from "./paired-values.ts";
import { sumOf, weightedMean, type WeightOptions } from "./sample-weight.ts";

// The spacing of doubles at 1: keeps the percentage error of a true 0 finite, and large.
const EPSILON = 2.220446049250313e-16;

/** The mean of |yTrue - yPred|, in y's unit; 0 is perfect. Throws as `meanSquaredError` does. */
export function meanAbsoluteError(yTrue: ValuesLike, yPred: ValuesLike, options: WeightOptions = {}): number {
  const pairs = pairValues(yTrue, yPred, options);
  return weightedMean(pairs.weights, (i) => errorAt(pairs, i));
}

/**
 * The median of |yTrue - yPred|, in y's unit: half the weight lies on either side of it, the mean of the two errors
 * between which that is so. Unmoved by a few wild errors. Throws as `meanSquaredError` does.
 */
export function medianAbsoluteError(yTrue: ValuesLike, yPred: ValuesLike, options: WeightOptions = {}): number {
  const pairs = pairValues(yTrue, yPred, options);
  const { weights } = pairs;
  const rows = [...weights.keys()].filter((i) => (weights[i] as number) > 0);
  rows.sort((i, j) => errorAt(pairs, i) - errorAt(pairs, j) || i - j);
  const half = sumOf(rows.map((i) => weights[i] as number)) / 2;
  // Weights such as 0.1 reach the half but for the sums' rounding.
  const rounding = EPSILON * rows.length * half;
  let below = 0;
  let k = 0;
  for (; k < rows.length - 1; k++) {
    below += weights[rows[k] as number] as number;
    if (below >= half - rounding) break;
  }
  const lower = errorAt(pairs, rows[k] as number);
  if (k === rows.length - 1 || below > half + rounding) return lower;
  return (lower + errorAt(pairs, rows[k + 1] as number)) / 2;
}

/**
 * The mean of |yTrue - yPred| / |yTrue|, a share and not per cent; a true 0 divides by 2^-52.
 * Throws as `meanSquaredError` does.
 */
export function meanAbsolutePercentageError(yTrue: ValuesLike, yPred: ValuesLike, options: WeightOptions = {}): number {
  const pairs = pairValues(yTrue, yPred, options);
  return weightedMean(pairs.weights, (i) => {
    return errorAt(pairs, i) / Math.max(Math.abs(pairs.actual[i] as number), EPSILON);
  });
}

/** The largest |yTrue - yPred|, in y's unit. Throws as `meanSquaredError` does. */
export function maxError(yTrue: ValuesLike, yPred: ValuesLike): number {
  const pairs = pairValues(yTrue, yPred, {});
  let largest = 0;
  for (let i = 0; i < yTrue.length; i++) largest = Math.max(largest, errorAt(pairs, i));
  return largest;
}

export interface PinballLossOptions extends WeightOptions {
  /** The quantile that is predicted, 0 to 1; default 0.5, half the mean absolute error. */
  readonly alpha?: number;
}

/**
 * The loss that the alpha-quantile minimizes: the mean of alpha (yTrue - yPred) where yPred is too small and of
 * (1 - alpha) (yPred - yTrue) where it is too large; in y's unit.
 * Throws as `meanSquaredError` does; `invalid-argument` for alpha outside [0, 1].
 * Source: Koenker and Bassett (1978).
 */
export function pinballLoss(yTrue: ValuesLike, yPred: ValuesLike, options: PinballLossOptions = {}): number {
  const alpha = expectNumber("alpha", options.alpha ?? 0.5, "a number from 0 to 1", (a) => a >= 0 && a <= 1);
  const { actual, predicted, weights } = pairValues(yTrue, yPred, options);
  return weightedMean(weights, (i) => {
    const error = (actual[i] as number) - (predicted[i] as number);
    return error >= 0 ? alpha * error : (alpha - 1) * error;
  });
}

function errorAt({ actual, predicted }: PairedValues, i: number): number {
  return Math.abs((actual[i] as number) - (predicted[i] as number));
}
