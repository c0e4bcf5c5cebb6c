import { expectOneOf, show, VernierError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import { choice, float } from "../core/space.ts";
import { defaultModels } from "../wasm/default-models.ts";
import { multiply, multiplyTransposed } from "../wasm/linalg.ts";
import { mapColumns, means } from "./column-statistics.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { finiteNumbers } from "./frame.ts";
import { principalAxes } from "./principal-axes.ts";

export type PcaParams = {
  /**
   * How many: a whole number from 1 to the lesser of rows and columns; a share of the variance in (0, 1) that they
   * are to exceed; or null for all.
   */
  readonly components: number | null;
  /** Whether each component gets variance 1. */
  readonly whiten: boolean;
};

interface PcaState {
  /** Mean of each training column [d]. */
  readonly mean: Float64Array;
  /** Unit directions, one after the other [k, d], in descending order of variance. */
  readonly components: Float64Array;
  /** Variance along each direction, with n - 1 as the divisor [k]. */
  readonly explainedVariance: Float64Array;
  /** The same as shares of the whole variance [k]. */
  readonly explainedVarianceRatio: Float64Array;
}

export type FittedPca = FittedWith<PcaParams, PcaState>;

/**
 * Principal component analysis: coordinates along the directions of greatest variance. Each direction's largest
 * entry by absolute value is positive.
 */
export const pca: DefinedTransform<PcaParams, FittedPca> = defineTransform<PcaParams, PcaState>({
  name: "pca",
  defaults: { components: null, whiten: false },
  check: ({ components, whiten }) => ({
    components: checkComponents(components),
    whiten: expectOneOf("whiten", whiten, [true, false]),
  }),
  space: () => ({ components: float(0.5, 0.999), whiten: choice([false, true]) }),
  learn({ components }, frame) {
    const X = finiteNumbers(frame);
    const { rows: n, cols } = X;
    if (n < 2) throw new VernierError("invalid-data", `"X": expected at least 2 rows, got ${n}`);
    const mean = means(X);
    const { axes, squares } = principalAxes(defaultModels(), centered(X, mean));
    const variance = squares.map((sum) => sum / (n - 1));
    let total = 0;
    for (const part of variance) total += part;
    const ratio = variance.map((part) => (total > 0 ? part / total : 0));
    const k = count(components, ratio);
    return {
      mean,
      components: axes.data.slice(0, k * cols),
      explainedVariance: variance.slice(0, k),
      explainedVarianceRatio: ratio.slice(0, k),
    };
  },
  names: ({ explainedVariance }) => Array.from(explainedVariance, (_, k) => `pca${k}`),
  apply({ params, mean, components, explainedVariance }, frame) {
    const axes = { data: components, rows: explainedVariance.length, cols: mean.length };
    const scores = multiplyTransposed(defaultModels(), centered(finiteNumbers(frame), mean), axes);
    return params.whiten ? mapColumns(scores, (z, k) => z / deviation(explainedVariance[k] as number)) : scores;
  },
  invert({ params, mean, components, explainedVariance }, frame) {
    const axes = { data: components, rows: explainedVariance.length, cols: mean.length };
    const Z = finiteNumbers(frame);
    const scores = params.whiten ? mapColumns(Z, (z, k) => z * deviation(explainedVariance[k] as number)) : Z;
    return mapColumns(multiply(defaultModels(), scores, axes), (x, j) => x + (mean[j] as number));
  },
});

function centered(X: Matrix, mean: Float64Array): Matrix {
  return mapColumns(X, (x, j) => x - (mean[j] as number));
}

/** Not 0, by which a direction without variance would become infinite. */
function deviation(variance: number): number {
  return Math.max(Math.sqrt(variance), Number.EPSILON);
}

function count(components: number | null, ratio: Float64Array): number {
  const most = ratio.length;
  if (components === null) return most;
  if (components < 1) {
    let share = 0;
    const k = ratio.findIndex((part) => (share += part) > components);
    return k < 0 ? most : k + 1;
  }
  if (components <= most) return components;
  const message = `"components": expected at most ${most}, the lesser of rows and columns, got ${components}`;
  throw new VernierError("invalid-argument", message);
}

function checkComponents(value: unknown): number | null {
  if (value === null) return null;
  if (typeof value === "number" && value > 0 && (value < 1 || Number.isSafeInteger(value))) return value;
  throw new VernierError(
    "invalid-argument",
    `"components": expected a whole number >= 1, a share of variance in (0, 1) or null, got ${show(value)}`,
  );
}
