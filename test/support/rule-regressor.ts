import { type Matrix, toMatrix } from "../../src/core/matrix.ts";
import type { Features } from "../../src/core/table.ts";
import type { Regressor } from "../../src/models/estimator.ts";

interface LineParams {
  readonly slope: number;
  readonly steps: number;
  readonly mode: "works" | "throws";
}

/** What a fit was given. */
export interface RegressorFit {
  readonly X: Matrix;
  readonly y: Float64Array;
  readonly weights: readonly number[] | null;
}

/**
 * Says slope times the first column, less 1 / steps, plus the weighted mean of the residuals at slope 0 where slope
 * is 0: a model whose scores are known beforehand; `fits` collects what it was trained on.
 */
export function ruleRegressor(
  params: LineParams = { slope: 1, steps: 1e9, mode: "works" },
  fits: RegressorFit[] = [],
): Regressor<LineParams> & { readonly fits: RegressorFit[] } {
  return {
    name: "rule",
    task: "regression",
    params,
    fits,
    with: (changes) => ruleRegressor({ ...params, ...(changes as Partial<LineParams>) }, fits),
    fit(X, y, options = {}) {
      const { sampleWeight } = options;
      const matrix = toMatrix(X as Matrix);
      fits.push({
        X: matrix,
        y: Float64Array.from(y),
        weights: sampleWeight === undefined ? null : Array.from(sampleWeight),
      });
      if (params.mode === "throws") throw new RangeError("does not fit");
      const base = params.slope === 0 ? weightedMean(y, sampleWeight) : 0;
      return {
        features: matrix.cols,
        predict(rows: Features) {
          const { data, rows: n, cols } = toMatrix(rows as Matrix);
          return Float64Array.from({ length: n }, (_, i) => {
            return params.slope * (data[i * cols] as number) + base - 1 / params.steps;
          });
        },
      };
    },
  };
}

function weightedMean(y: ArrayLike<number>, weights: ArrayLike<number> | undefined): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    const weight = weights === undefined ? 1 : (weights[i] as number);
    sum += weight * (y[i] as number);
    total += weight;
  }
  return sum / total;
}
