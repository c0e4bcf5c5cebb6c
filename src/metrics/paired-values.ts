import { show, VernierError } from "../core/errors.ts";
import { expectEqualLengths } from "./paired-labels.ts";
import { type WeightOptions, weightsOf } from "./sample-weight.ts";

/** Numbers, one a sample [n]. */
export type ValuesLike = ArrayLike<number>;

/** True and predicted numbers, checked. */
export interface PairedValues {
  readonly actual: ValuesLike;
  readonly predicted: ValuesLike;
  readonly weights: Float64Array;
}

/**
 * Checks two equally long lists of finite numbers and their weights.
 * Throws `invalid-data` naming the list and the position.
 */
export function pairValues(actual: ValuesLike, predicted: ValuesLike, options: WeightOptions): PairedValues {
  if (actual.length === 0) throw new VernierError("invalid-data", '"yTrue": expected at least one number, got none');
  expectEqualLengths("yTrue", actual.length, "yPred", predicted.length);
  expectFinite("yTrue", actual);
  expectFinite("yPred", predicted);
  return { actual, predicted, weights: weightsOf(options.sampleWeight, actual.length) };
}

function expectFinite(name: string, values: ValuesLike): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new VernierError(
      "invalid-data",
      `"${name}": expected finite numbers, got ${show(values[i])} at position ${i}`,
    );
  }
}
