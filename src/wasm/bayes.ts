import { VernierError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import type { ModelsCore } from "./core.ts";

/** What a Gaussian naive Bayes model of K classes decides by. */
export interface BayesModel {
  readonly means: Matrix;
  /** Reciprocals of the variances [K, d]. */
  readonly precisions: Matrix;
  /** log prior - 1/2 sum log(2 pi variance) of each class [K]. */
  readonly constants: Float64Array;
}

/** Joint log-likelihoods [m, K] of X [m, d]; throws `numerical-failure` when all of a row overflow. */
export function bayesScores(core: ModelsCore, { means, precisions, constants }: BayesModel, X: Matrix): Matrix {
  const K = means.rows;
  return core.scope((arena) => {
    const scores = arena.f64Alloc(X.rows * K);
    core.exports.bayesScores(
      arena.f64(X.data),
      X.rows,
      X.cols,
      arena.f64(means.data),
      arena.f64(precisions.data),
      arena.f64(constants),
      K,
      scores,
    );
    const data = arena.readF64(scores, X.rows * K);
    for (let first = 0; first < data.length; first += K) {
      if (data.subarray(first, first + K).some(Number.isFinite)) continue;
      const message = `"X": expected features within reach of the training data, got a likelihood of 0 in row ${first / K}`;
      throw new VernierError("numerical-failure", message);
    }
    return { data, rows: X.rows, cols: K };
  });
}
