import { expectNumber, VernierError } from "../core/errors.ts";
import { takeColumns } from "../core/matrix.ts";
import { means, ranges, variances } from "./column-statistics.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { numbers } from "./frame.ts";

export type VarianceThresholdParams = {
  /** What a column's population variance must exceed, >= 0. */
  readonly threshold: number;
};

interface VarianceThresholdState {
  /** Variance of each training column [d]. */
  readonly variances: Float64Array;
  /** The numbers of the columns that are kept, ascending. */
  readonly kept: Int32Array;
}

export type FittedVarianceThreshold = FittedWith<VarianceThresholdParams, VarianceThresholdState>;

/**
 * The columns that vary enough. Missing values stay missing and count for nothing.
 * Throws `invalid-data` where no column does.
 */
export const varianceThreshold: DefinedTransform<VarianceThresholdParams, FittedVarianceThreshold> = defineTransform<
  VarianceThresholdParams,
  VarianceThresholdState
>({
  name: "varianceThreshold",
  defaults: { threshold: 0 },
  check: ({ threshold }) => ({
    threshold: expectNumber("threshold", threshold, "a finite number >= 0", (value) => value >= 0),
  }),
  learn({ threshold }, frame) {
    const X = numbers(frame);
    const { min, max } = ranges(X);
    // Equal numbers have the variance 0, whatever rounding made of their mean.
    const spread = variances(X, means(X)).map((variance, j) => (min[j] === max[j] ? 0 : variance));
    const kept = Int32Array.from([...spread.keys()].filter((j) => (spread[j] as number) > threshold));
    if (kept.length > 0) return { variances: spread, kept };
    throw new VernierError("invalid-data", `"X": expected a column with a variance above ${threshold}, got none`);
  },
  names: ({ inputs, kept }) => Array.from(kept, (j) => inputs[j] as string),
  apply: ({ kept }, frame) => takeColumns(numbers(frame), kept),
});
