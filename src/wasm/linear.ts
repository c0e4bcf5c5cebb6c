import { VernierError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import type { ModelsCore } from "./core.ts";

/** minimize sum_i s_i (y_i - x_i'w - b)^2 / 2 + l1 |w|_1 + l2/2 |w|^2, b free of penalty. */
export interface LinearProblem {
  readonly l1: number;
  readonly l2: number;
  readonly intercept: boolean;
  /** Bound for the duality gap where l1 > 0, relative to the sum of squares of y about its mean. */
  readonly tolerance: number;
  /** Sweeps over the coefficients where l1 > 0. */
  readonly maxIterations: number;
}

export interface LinearData {
  /** [n, d] */
  readonly X: Matrix;
  /** [n] */
  readonly y: Float64Array;
  /** Weights [n] > 0, or null for 1 each. */
  readonly weights: Float64Array | null;
  /** `linearGram` of X, where known and there are no weights: saves time, with the same result. */
  readonly gram?: Float64Array | null;
  /** Coefficients to start from where l1 > 0; zeros by default. */
  readonly start?: Float64Array;
}

export interface LinearSolution {
  /** [d] */
  readonly coef: Float64Array;
  readonly intercept: number;
  /** Where l1 > 0: how far the objective may be above its optimum; else 0. */
  readonly gap: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Inner products [d, d] of the columns of X, shifted to mean 0 where there is an intercept. */
export function linearGram(core: ModelsCore, X: Matrix, intercept: boolean): Float64Array {
  const length = X.cols * X.cols;
  return core.scope((arena) => {
    const gram = arena.f64Alloc(length);
    core.exports.linearGram(arena.f64(X.data), X.rows, X.cols, intercept ? 1 : 0, gram);
    return arena.readF64(gram, length);
  });
}

/** Solves the problem; of several optima without l1 the shortest. Throws `numerical-failure` on overflow. */
export function fitLinear(core: ModelsCore, data: LinearData, problem: LinearProblem): LinearSolution {
  const { X, y, weights, gram } = data;
  return core.scope((arena) => {
    const coef = arena.f64(data.start ?? new Float64Array(X.cols));
    const out = arena.f64(new Float64Array(4));
    const status = core.exports.linearFit(
      arena.f64(X.data),
      X.rows,
      X.cols,
      arena.f64(y),
      weights === null ? 0 : arena.f64(weights),
      gram ? arena.f64(gram) : 0,
      problem.l1,
      problem.l2,
      problem.intercept ? 1 : 0,
      problem.tolerance,
      problem.maxIterations,
      coef,
      out,
    );
    if (status !== 0) {
      throw new VernierError(
        "numerical-failure",
        '"X": expected features and values whose squares stay within double precision, got an overflow; scale them',
      );
    }
    const [intercept, gap, iterations, met] = arena.readF64(out, 4) as unknown as [number, number, number, number];
    return {
      coef: arena.readF64(coef, X.cols),
      intercept,
      gap,
      iterations,
      converged: problem.l1 === 0 || met === 1,
    };
  });
}
