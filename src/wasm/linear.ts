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
    if (status !== 0) throw overflow();
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

/** minimize, for each class against the rest, |w|^2 / 2 + sum_i C_i max(0, 1 - y_i z_i)^2. */
export interface SquaredHingeProblem {
  readonly X: Matrix;
  /** [n] of 0 .. classes - 1. */
  readonly codes: Int32Array;
  /** >= 2 */
  readonly classes: number;
  /** What each sample's loss counts [n], > 0. */
  readonly C: Float64Array;
  /** Of the constant column, > 0; 0 for no constant term. */
  readonly interceptScaling: number;
  /** Bound for the gradient's norm, relative to the terms that cancel in it. */
  readonly tolerance: number;
  /** Newton steps a class. */
  readonly maxIterations: number;
}

export interface SquaredHingeSolution {
  /** [K, d], K = 1 (positive for class 1) for two classes, else one row a class. */
  readonly coef: Matrix;
  /** [K] */
  readonly intercept: Float64Array;
  /** [K] */
  readonly iterations: Int32Array;
  /** Whether every class met the tolerance. */
  readonly converged: boolean;
}

/** Solves the problems; throws `numerical-failure` on overflow. */
export function fitSquaredHinge(core: ModelsCore, problem: SquaredHingeProblem): SquaredHingeSolution {
  const { X, classes } = problem;
  const K = classes === 2 ? 1 : classes;
  return core.scope((arena) => {
    const coef = arena.f64Alloc(K * X.cols);
    const intercept = arena.f64Alloc(K);
    const steps = arena.i32Alloc(K);
    const met = arena.i32Alloc(K);
    const status = core.exports.linearSvcFit(
      arena.f64(X.data),
      X.rows,
      X.cols,
      arena.i32(problem.codes),
      classes,
      arena.f64(problem.C),
      problem.interceptScaling,
      problem.tolerance,
      problem.maxIterations,
      coef,
      intercept,
      steps,
      met,
    );
    if (status !== 0) throw overflow();
    return {
      coef: { data: arena.readF64(coef, K * X.cols), rows: K, cols: X.cols },
      intercept: arena.readF64(intercept, K),
      iterations: arena.readI32(steps, K),
      converged: arena.readI32(met, K).every((flag) => flag === 1),
    };
  });
}

function overflow(): VernierError {
  return new VernierError(
    "numerical-failure",
    '"X": expected features and values whose squares stay within double precision, got an overflow; scale them',
  );
}
