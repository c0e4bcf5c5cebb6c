import { show, VernierError } from "../core/errors.ts";
import type { CoreWith } from "../wasm/core.ts";
import { defaultMath } from "../wasm/default-math.ts";
import { log1p } from "../wasm/math.ts";
import { type PairedValues, pairValues, type ValuesLike } from "./paired-values.ts";
import { weightedMean, type WeightOptions } from "./sample-weight.ts";

/**
 * The mean of (yTrue - yPred)^2, in squares of y's unit; 0 is perfect.
 * Throws `invalid-data` for unequal lengths, empty lists, numbers that are not finite or weights that are none.
 */
export function meanSquaredError(yTrue: ValuesLike, yPred: ValuesLike, options: WeightOptions = {}): number {
  return meanSquare(pairValues(yTrue, yPred, options));
}

/** The root of `meanSquaredError`, in y's unit. */
export function rootMeanSquaredError(yTrue: ValuesLike, yPred: ValuesLike, options: WeightOptions = {}): number {
  return Math.sqrt(meanSquaredError(yTrue, yPred, options));
}

/**
 * The mean of (log(1 + yTrue) - log(1 + yPred))^2, for quantities whose ratio matters; without unit.
 * Throws as `meanSquaredError` does, and `invalid-data` for numbers not above -1.
 */
export function meanSquaredLogError(yTrue: ValuesLike, yPred: ValuesLike, options: WeightOptions = {}): number {
  return meanSquaredLogErrorWith(defaultMath(), yTrue, yPred, options);
}

/** The root of `meanSquaredLogError`. */
export function rootMeanSquaredLogError(yTrue: ValuesLike, yPred: ValuesLike, options: WeightOptions = {}): number {
  return Math.sqrt(meanSquaredLogError(yTrue, yPred, options));
}

/** `meanSquaredLogError`, computed by the given core. */
export function meanSquaredLogErrorWith(
  core: CoreWith<"mathLog1p">,
  yTrue: ValuesLike,
  yPred: ValuesLike,
  options: WeightOptions,
): number {
  const { actual, predicted, weights } = pairValues(yTrue, yPred, options);
  return meanSquare({ actual: logs(core, "yTrue", actual), predicted: logs(core, "yPred", predicted), weights });
}

function meanSquare({ actual, predicted, weights }: PairedValues): number {
  return weightedMean(weights, (i) => {
    const error = (actual[i] as number) - (predicted[i] as number);
    return error * error;
  });
}

function logs(core: CoreWith<"mathLog1p">, name: string, values: ValuesLike): Float64Array {
  return Float64Array.from(values, (value, i) => {
    if (value > -1) return log1p(core, value);
    throw new VernierError("invalid-data", `"${name}": expected numbers > -1, got ${show(value)} at position ${i}`);
  });
}
