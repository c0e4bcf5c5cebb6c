import { expectOneOf } from "../core/errors.ts";
import { isConstant, counts, mapColumns, means, scaleOf, variances } from "./column-statistics.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { numbers } from "./frame.ts";

export type StandardScalerParams = {
  /** Whether the mean of each column is taken off. */
  readonly withMean: boolean;
  /** Whether each column is divided by its standard deviation. */
  readonly withStd: boolean;
};

interface StandardScalerState {
  /** Mean of each training column [d]. */
  readonly mean: Float64Array;
  /** By what each column is divided [d]: its population standard deviation, 1 for a constant column. */
  readonly scale: Float64Array;
}

export type FittedStandardScaler = FittedWith<StandardScalerParams, StandardScalerState>;

/** Columns with mean 0 and standard deviation 1. Missing values stay missing and count for nothing. */
export const standardScaler: DefinedTransform<StandardScalerParams, FittedStandardScaler> = defineTransform<
  StandardScalerParams,
  StandardScalerState
>({
  name: "standardScaler",
  defaults: { withMean: true, withStd: true },
  check: ({ withMean, withStd }) => ({
    withMean: expectOneOf("withMean", withMean, [true, false]),
    withStd: expectOneOf("withStd", withStd, [true, false]),
  }),
  learn({ withStd }, frame) {
    const X = numbers(frame);
    const n = counts(X);
    const mean = means(X);
    const scale = variances(X, mean).map((variance, j) => {
      if (!withStd || isConstant(variance, mean[j] as number, n[j] as number)) return 1;
      return scaleOf(Math.sqrt(variance));
    });
    return { mean, scale };
  },
  apply({ params, mean, scale }, frame) {
    const center = params.withMean ? mean : new Float64Array(mean.length);
    return mapColumns(numbers(frame), (x, j) => (x - (center[j] as number)) / (scale[j] as number));
  },
  invert({ params, mean, scale }, frame) {
    const center = params.withMean ? mean : new Float64Array(mean.length);
    return mapColumns(numbers(frame), (z, j) => z * (scale[j] as number) + (center[j] as number));
  },
});
