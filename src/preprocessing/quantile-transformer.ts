import { expectInteger, expectOneOf } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import { choice } from "../core/space.ts";
import { defaultModels } from "../wasm/default-models.ts";
import { normalCdf, normalQuantile } from "../wasm/math.ts";
import { mapColumns, quantile, sortedColumn } from "./column-statistics.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { numbers } from "./frame.ts";
import { interpolate } from "./interpolate.ts";

export type QuantileTransformerParams = {
  /** Points on each column's distribution function, >= 1; not more than there are training rows. */
  readonly nQuantiles: number;
  /** The distribution of the transformed columns. */
  readonly outputDistribution: "uniform" | "normal";
};

interface QuantileTransformerState {
  /** Quantiles of each training column at `references`, column after column [d, q]. */
  readonly quantiles: Float64Array;
  /** q shares from 0 to 1, evenly spaced. */
  readonly references: Float64Array;
}

export type FittedQuantileTransformer = FittedWith<QuantileTransformerParams, QuantileTransformerState>;

/** How near to an end the share of a normal may come: beyond about 5.2 deviations all rows are equal. */
const NEAR_END = 1e-7;

/**
 * Columns replaced by their ranks as shares from 0 to 1, or by the normal deviates of these, linear between the
 * training columns' quantiles. Missing values stay missing and count for nothing.
 */
export const quantileTransformer: DefinedTransform<QuantileTransformerParams, FittedQuantileTransformer> =
  defineTransform<QuantileTransformerParams, QuantileTransformerState>({
    name: "quantileTransformer",
    defaults: { nQuantiles: 1000, outputDistribution: "uniform" },
    check: ({ nQuantiles, outputDistribution }) => ({
      nQuantiles: expectInteger("nQuantiles", nQuantiles, 1, 10_000_000),
      outputDistribution: expectOneOf("outputDistribution", outputDistribution, ["uniform", "normal"]),
    }),
    space: () => ({ outputDistribution: choice(["uniform", "normal"]) }),
    learn({ nQuantiles }, frame) {
      const X = numbers(frame);
      const q = Math.min(nQuantiles, X.rows);
      const references = Float64Array.from({ length: q }, (_, k) => (q === 1 ? 0 : k / (q - 1)));
      const quantiles = new Float64Array(X.cols * q);
      for (let j = 0; j < X.cols; j++) {
        const sorted = sortedColumn(X, j);
        let before = Number.NEGATIVE_INFINITY;
        for (let k = 0; k < q; k++) {
          // Rounding between equal numbers must not make them descend.
          before = Math.max(before, quantile(sorted, references[k] as number));
          quantiles[j * q + k] = before;
        }
      }
      return { quantiles, references };
    },
    apply: (fitted, frame) => mapTwoWays(fitted, numbers(frame), forwards),
    invert: (fitted, frame) => mapTwoWays(fitted, numbers(frame), backwards),
  });

interface Curve {
  readonly xs: Float64Array;
  readonly shares: Float64Array;
  /** The same points turned round about 0, in ascending order. */
  readonly minusXs: Float64Array;
  readonly minusShares: Float64Array;
}

/** To a distribution from shares and back. */
interface Shape {
  /** How near to an end an x counts as there. */
  readonly margin: number;
  readonly fromShare: (share: number) => number;
  readonly toShare: (z: number) => number;
}

function shapeOf({ outputDistribution }: QuantileTransformerParams): Shape {
  if (outputDistribution === "uniform") return { margin: 0, fromShare: (share) => share, toShare: (z) => z };
  const core = defaultModels();
  const end = NEAR_END - Number.EPSILON;
  const low = normalQuantile(core, end);
  const high = normalQuantile(core, 1 - end);
  return {
    margin: NEAR_END,
    fromShare: (share) => Math.min(Math.max(normalQuantile(core, share), low), high),
    toShare: (z) => normalCdf(core, z),
  };
}

function mapTwoWays(
  { params, quantiles, references }: QuantileTransformerState & { readonly params: QuantileTransformerParams },
  X: Matrix,
  map: (x: number, curve: Curve, shape: Shape) => number,
): Matrix {
  const shape = shapeOf(params);
  const q = references.length;
  const minus = (values: Float64Array): Float64Array =>
    values.map((_, k) => 0 - (values[values.length - 1 - k] as number));
  const curves = Array.from({ length: X.cols }, (_, j): Curve => {
    const xs = quantiles.subarray(j * q, (j + 1) * q);
    return { xs, shares: references, minusXs: minus(xs), minusShares: minus(references) };
  });
  return mapColumns(X, (x, j) => (Number.isNaN(x) ? x : map(x, curves[j] as Curve, shape)));
}

function forwards(x: number, { xs, shares, minusXs, minusShares }: Curve, { margin, fromShare }: Shape): number {
  const first = xs[0] as number;
  const last = xs[xs.length - 1] as number;
  if (x - margin < first || x === first) return fromShare(0);
  if (x + margin > last || x === last) return fromShare(1);
  // Of equal quantiles the middle share: the mean of that of the last and that of the first of them.
  return fromShare(0.5 * (interpolate(x, xs, shares) - interpolate(0 - x, minusXs, minusShares)));
}

function backwards(z: number, { xs, shares }: Curve, { margin, toShare }: Shape): number {
  const share = toShare(z);
  if (share - margin < 0) return xs[0] as number;
  if (share + margin > 1) return xs[xs.length - 1] as number;
  return interpolate(share, shares, xs);
}
