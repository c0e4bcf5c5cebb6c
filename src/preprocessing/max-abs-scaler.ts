import { mapColumns, ranges, scaleOf } from "./column-statistics.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { numbers } from "./frame.ts";

export type MaxAbsScalerParams = Readonly<Record<never, never>>;

interface MaxAbsScalerState {
  /** By what each column is divided [d]: its largest absolute number, 1 where that is 0. */
  readonly scale: Float64Array;
}

export type FittedMaxAbsScaler = FittedWith<MaxAbsScalerParams, MaxAbsScalerState>;

/** Columns within [-1, 1] that keep their zeros. Missing values stay missing and count for nothing. */
export const maxAbsScaler: DefinedTransform<MaxAbsScalerParams, FittedMaxAbsScaler> = defineTransform<
  MaxAbsScalerParams,
  MaxAbsScalerState
>({
  name: "maxAbsScaler",
  defaults: {},
  check: () => ({}),
  learn(_, frame) {
    const { min, max } = ranges(numbers(frame));
    return { scale: min.map((least, j) => scaleOf(Math.max(Math.abs(least), Math.abs(max[j] as number)))) };
  },
  apply: ({ scale }, frame) => mapColumns(numbers(frame), (x, j) => x / (scale[j] as number)),
  invert: ({ scale }, frame) => mapColumns(numbers(frame), (z, j) => z * (scale[j] as number)),
});
