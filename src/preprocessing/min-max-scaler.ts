import { expectNumber, expectOneOf, VernierError } from "../core/errors.ts";
import { mapColumns, ranges, scaleOf } from "./column-statistics.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { numbers } from "./frame.ts";

export type MinMaxScalerParams = {
  /** What the least training number of each column becomes, < `high`. */
  readonly low: number;
  /** What the greatest training number of each column becomes. */
  readonly high: number;
  /** Whether other numbers that would lie outside are moved to the nearer end. */
  readonly clip: boolean;
};

interface MinMaxScalerState {
  readonly dataMin: Float64Array;
  readonly dataMax: Float64Array;
  /** x becomes x `scale` + `offset` [d]. */
  readonly scale: Float64Array;
  readonly offset: Float64Array;
}

export type FittedMinMaxScaler = FittedWith<MinMaxScalerParams, MinMaxScalerState>;

/** Columns stretched to [low, high]; a constant one becomes `low`. Missing values stay missing and count for nothing. */
export const minMaxScaler: DefinedTransform<MinMaxScalerParams, FittedMinMaxScaler> = defineTransform<
  MinMaxScalerParams,
  MinMaxScalerState
>({
  name: "minMaxScaler",
  defaults: { low: 0, high: 1, clip: false },
  check({ low, high, clip }) {
    const params = {
      low: expectNumber("low", low),
      high: expectNumber("high", high),
      clip: expectOneOf("clip", clip, [true, false]),
    };
    if (params.low < params.high) return params;
    throw new VernierError("invalid-argument", `"low": expected low < high, got low=${low}, high=${high}`);
  },
  learn({ low, high }, frame) {
    const { min, max } = ranges(numbers(frame));
    const scale = min.map((least, j) => (high - low) / scaleOf((max[j] as number) - least));
    return { dataMin: min, dataMax: max, scale, offset: min.map((least, j) => low - least * (scale[j] as number)) };
  },
  apply({ params: { low, high, clip }, scale, offset }, frame) {
    return mapColumns(numbers(frame), (x, j) => {
      const z = x * (scale[j] as number) + (offset[j] as number);
      // NaN fails both comparisons.
      if (clip && z < low) return low;
      return clip && z > high ? high : z;
    });
  },
  invert({ scale, offset }, frame) {
    return mapColumns(numbers(frame), (z, j) => (z - (offset[j] as number)) / (scale[j] as number));
  },
});
