import { expectInteger, expectOneOf } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import { choice, int } from "../core/space.ts";
import { quantile, ranges, sortedColumn } from "./column-statistics.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { finiteNumbers } from "./frame.ts";

export type KBinsDiscretizerParams = {
  /** Bins of each column, >= 2; fewer where quantiles coincide. */
  readonly nBins: number;
  /** A column of zeros and ones for each bin, or the bins' numbers. */
  readonly encode: "oneHot" | "ordinal";
  /** Bins of equal width, or of about equally many training rows. */
  readonly strategy: "uniform" | "quantile";
};

interface KBinsDiscretizerState {
  /** Where each training column's bins begin and end, ascending; a number on an edge is in the bin that begins there. */
  readonly binEdges: readonly (readonly number[])[];
}

export type FittedKBinsDiscretizer = FittedWith<KBinsDiscretizerParams, KBinsDiscretizerState>;

/** Columns cut into bins. What lies beyond the training column's ends is in the first or last bin. */
export const kBinsDiscretizer: DefinedTransform<KBinsDiscretizerParams, FittedKBinsDiscretizer> = defineTransform<
  KBinsDiscretizerParams,
  KBinsDiscretizerState
>({
  name: "kBinsDiscretizer",
  defaults: { nBins: 5, encode: "oneHot", strategy: "quantile" },
  check: ({ nBins, encode, strategy }) => ({
    nBins: expectInteger("nBins", nBins, 2, 1_000_000),
    encode: expectOneOf("encode", encode, ["oneHot", "ordinal"]),
    strategy: expectOneOf("strategy", strategy, ["uniform", "quantile"]),
  }),
  space: () => ({ nBins: int(2, 20), strategy: choice(["uniform", "quantile"]) }),
  learn(params, frame) {
    const X = finiteNumbers(frame);
    const { min, max } = ranges(X);
    return { binEdges: Array.from(min, (least, j) => edges(params, X, j, least, max[j] as number)) };
  },
  names({ params, inputs, binEdges }) {
    if (params.encode === "ordinal") return inputs;
    return inputs.flatMap((name, j) => (binEdges[j] as number[]).slice(1).map((_, bin) => `${name}_${bin}`));
  },
  apply({ params, binEdges }, frame) {
    const { data, rows, cols } = finiteNumbers(frame);
    const ordinal = params.encode === "ordinal";
    const widths = binEdges.map((own) => (ordinal ? 1 : own.length - 1));
    const wide = widths.reduce((sum, width) => sum + width, 0);
    const out = new Float64Array(rows * wide);
    let start = 0;
    binEdges.forEach((own, j) => {
      for (let i = 0; i < rows; i++) {
        const bin = binOf(data[i * cols + j] as number, own);
        out[i * wide + start + (ordinal ? 0 : bin)] = ordinal ? bin : 1;
      }
      start += widths[j] as number;
    });
    return { data: out, rows, cols: wide };
  },
});

function edges({ nBins, strategy }: KBinsDiscretizerParams, X: Matrix, j: number, min: number, max: number): number[] {
  // One bin takes all of a column that does not vary.
  if (min === max) return [min, max];
  if (strategy === "uniform") {
    return Array.from({ length: nBins + 1 }, (_, k) => (k === nBins ? max : min + k * ((max - min) / nBins)));
  }
  const sorted = sortedColumn(X, j);
  const found = Array.from({ length: nBins + 1 }, (_, k) => quantile(sorted, k / nBins));
  return found.filter((edge, k) => k === 0 || edge - (found[k - 1] as number) > 1e-8);
}

/** The last bin that begins at or below x; the first where none does. */
function binOf(x: number, own: readonly number[]): number {
  let low = 0;
  let high = own.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((own[middle] as number) <= x) low = middle;
    else high = middle;
  }
  return low;
}
