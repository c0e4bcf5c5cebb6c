import { expectNumber, expectOneOf, VernierError } from "../core/errors.ts";
import { defaultModels } from "../wasm/default-models.ts";
import { normalQuantile } from "../wasm/math.ts";
import { mapColumns, quantile, scaleOf, sortedColumn } from "./column-statistics.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { numbers } from "./frame.ts";

export type RobustScalerParams = {
  /** Whether the median of each column is taken off. */
  readonly withCentering: boolean;
  /** Whether each column is divided by the distance of its two quantiles. */
  readonly withScaling: boolean;
  /** The two quantiles in percent, 0 <= quantileLow < quantileHigh <= 100. */
  readonly quantileLow: number;
  readonly quantileHigh: number;
  /** Whether the distance is divided by that of a standard normal, so that normal columns get variance 1. */
  readonly unitVariance: boolean;
};

interface RobustScalerState {
  /** Median of each training column [d]. */
  readonly center: Float64Array;
  /** By what each column is divided [d]. */
  readonly scale: Float64Array;
}

export type FittedRobustScaler = FittedWith<RobustScalerParams, RobustScalerState>;

/**
 * Columns with median 0 and a distance of 1 between two of their quantiles: outliers have no say.
 * Missing values stay missing and count for nothing.
 */
export const robustScaler: DefinedTransform<RobustScalerParams, FittedRobustScaler> = defineTransform<
  RobustScalerParams,
  RobustScalerState
>({
  name: "robustScaler",
  defaults: { withCentering: true, withScaling: true, quantileLow: 25, quantileHigh: 75, unitVariance: false },
  check(params) {
    const percent = (name: "quantileLow" | "quantileHigh"): number =>
      expectNumber(name, params[name], "a percentage from 0 to 100", (value) => value >= 0 && value <= 100);
    const low = percent("quantileLow");
    const high = percent("quantileHigh");
    if (!(low < high)) {
      const got = `quantileLow=${low}, quantileHigh=${high}`;
      throw new VernierError("invalid-argument", `"quantileLow": expected quantileLow < quantileHigh, got ${got}`);
    }
    const unitVariance = expectOneOf("unitVariance", params.unitVariance, [true, false]);
    if (unitVariance && (low === 0 || high === 100)) {
      const message = `"unitVariance": expected quantiles inside 0 and 100, as a normal has no ends, got ${low}, ${high}`;
      throw new VernierError("invalid-argument", message);
    }
    return {
      withCentering: expectOneOf("withCentering", params.withCentering, [true, false]),
      withScaling: expectOneOf("withScaling", params.withScaling, [true, false]),
      quantileLow: low,
      quantileHigh: high,
      unitVariance,
    };
  },
  learn({ withCentering, withScaling, quantileLow, quantileHigh, unitVariance }, frame) {
    const X = numbers(frame);
    const low = quantileLow / 100;
    const high = quantileHigh / 100;
    const core = defaultModels();
    const unit = unitVariance ? normalQuantile(core, high) - normalQuantile(core, low) : 1;
    const center = new Float64Array(X.cols);
    const scale = new Float64Array(X.cols).fill(1);
    for (let j = 0; j < X.cols; j++) {
      const sorted = sortedColumn(X, j);
      if (withCentering) center[j] = quantile(sorted, 0.5);
      if (withScaling) scale[j] = scaleOf(quantile(sorted, high) - quantile(sorted, low)) / unit;
    }
    return { center, scale };
  },
  apply({ center, scale }, frame) {
    return mapColumns(numbers(frame), (x, j) => (x - (center[j] as number)) / (scale[j] as number));
  },
  invert({ center, scale }, frame) {
    return mapColumns(numbers(frame), (z, j) => z * (scale[j] as number) + (center[j] as number));
  },
});
