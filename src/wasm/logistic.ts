import { VernierError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import type { CoreWith, ModelsCore } from "./core.ts";

/** minimize C sum_i s_i loss_i + l1 |W|_1 + l2/2 |W|_2^2, the intercepts free of penalty. */
export interface LogisticProblem {
  readonly C: number;
  readonly l1: number;
  readonly l2: number;
  readonly intercept: boolean;
  /** Bound for the largest subgradient entry, relative to the terms that cancel in it. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** With l1 > 0, the largest number of coordinates whose Hessian is formed; 0: the kernel's own limit. */
  readonly setLimit?: number;
}

export interface LogisticSolution {
  /** [K, d]: one row for two classes, else one a class. */
  readonly coef: Matrix;
  /** [K] */
  readonly intercept: Float64Array;
  readonly objective: number;
  /** The largest subgradient entry left, as for `tolerance`. */
  readonly optimality: number;
  readonly iterations: number;
  /** False without an optimum (no penalty and separable classes), and where rounding or the limit ended the fit. */
  readonly converged: boolean;
}

const CONVERGED = 0;
const OVERFLOWED = 4;

/**
 * Solves the problem on X [n, d] and codes [n] of 0 .. classes - 1, each of which occurs; samples count by
 * weights [n] > 0, or 1 each where they are null.
 * Throws `numerical-failure` when the objective overflows.
 */
export function fitLogistic(
  core: ModelsCore,
  X: Matrix,
  codes: Int32Array,
  classes: number,
  weights: Float64Array | null,
  problem: LogisticProblem,
): LogisticSolution {
  const { rows, cols } = X;
  const K = classes === 2 ? 1 : classes;
  return core.scope((arena) => {
    const coef = arena.f64Alloc(K * cols);
    const intercept = arena.f64Alloc(K);
    const out = arena.f64Alloc(3);
    const status = core.exports.logisticFit(
      arena.f64(X.data),
      rows,
      cols,
      arena.i32(codes),
      classes,
      weights === null ? 0 : arena.f64(weights),
      problem.C,
      problem.l1,
      problem.l2,
      problem.intercept ? 1 : 0,
      problem.tolerance,
      problem.maxIterations,
      problem.setLimit ?? 0,
      coef,
      intercept,
      out,
    );
    if (status === OVERFLOWED) {
      throw new VernierError(
        "numerical-failure",
        '"X": expected features whose weighted sums are finite numbers, got an objective that is not; scale the features',
      );
    }
    const [objective, optimality, iterations] = arena.readF64(out, 3) as unknown as [number, number, number];
    return {
      coef: { data: arena.readF64(coef, K * cols), rows: K, cols },
      intercept: arena.readF64(intercept, K),
      objective,
      optimality,
      iterations,
      converged: status === CONVERGED,
    };
  });
}

/** X W^T + b as a Matrix [m, K]: X [m, d], W [K, d], b [K]. */
export function logisticScores(core: ModelsCore, X: Matrix, W: Matrix, b: Float64Array): Matrix {
  return core.scope((arena) => {
    const scores = arena.f64Alloc(X.rows * W.rows);
    core.exports.logisticScores(arena.f64(X.data), X.rows, X.cols, arena.f64(W.data), arena.f64(b), W.rows, scores);
    return { data: arena.readF64(scores, X.rows * W.rows), rows: X.rows, cols: W.rows };
  });
}

/** Class probabilities [m, classes] of scores [m, K]; rows sum to 1, whatever the scores. */
export function logisticProbabilities(core: CoreWith<"logisticProbabilities">, scores: Matrix): Matrix {
  const { rows } = scores;
  const classes = scores.cols === 1 ? 2 : scores.cols;
  return core.scope((arena) => {
    const out = arena.f64Alloc(rows * classes);
    core.exports.logisticProbabilities(arena.f64(scores.data), rows, scores.cols, out);
    return { data: arena.readF64(out, rows * classes), rows, cols: classes };
  });
}
