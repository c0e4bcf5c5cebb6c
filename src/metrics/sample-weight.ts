import { show, VernierError } from "../core/errors.ts";
import { expectEqualLengths } from "./paired-labels.ts";

/** How much each sample counts [n]: finite, >= 0, not all 0. Only their ratios matter. */
export type SampleWeight = ArrayLike<number>;

export interface WeightOptions {
  /** How much each sample counts [n], >= 0; default all alike. */
  readonly sampleWeight?: SampleWeight | undefined;
}

/**
 * The samples' weights [n], ones when none are given.
 * Throws `invalid-data` for another length, a weight that is negative or not finite, or weights that are all 0.
 */
export function weightsOf(sampleWeight: SampleWeight | undefined, n: number): Float64Array {
  if (sampleWeight === undefined) return new Float64Array(n).fill(1);
  expectEqualLengths("yTrue", n, "sampleWeight", sampleWeight.length);
  let any = false;
  for (let i = 0; i < n; i++) {
    const weight: unknown = sampleWeight[i];
    if (typeof weight !== "number" || !Number.isFinite(weight) || weight < 0) {
      throw new VernierError(
        "invalid-data",
        `"sampleWeight": expected finite numbers >= 0, got ${show(weight)} at position ${i}`,
      );
    }
    any ||= weight > 0;
  }
  if (!any) throw new VernierError("invalid-data", '"sampleWeight": expected a weight above 0, got none');
  return Float64Array.from(sampleWeight);
}

/** The sum of the numbers, from the first. */
export function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum;
}

/** The mean of `value(i)`, weighted, summed from the first sample. */
export function weightedMean(weights: Float64Array, value: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * value(i);
  return sum / sumOf(weights);
}
