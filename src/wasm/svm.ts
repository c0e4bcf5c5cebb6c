import { VernierError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Arena, ModelsCore } from "./core.ts";

export const svmKernels = ["linear", "rbf", "poly", "sigmoid"] as const;
export type SvmKernelKind = (typeof svmKernels)[number];

/** A kernel function with its numbers: see assembly/svm/kernel.ts. */
export interface SvmKernel {
  readonly kind: SvmKernelKind;
  readonly gamma: number;
  readonly coef0: number;
  readonly degree: number;
}

/** Training data grouped by class: class c is rows starts[c] to starts[c + 1] - 1 of X [n, d]. */
export interface SvmProblem {
  readonly X: Matrix;
  /** [k + 1], strictly increasing from 0 to n; k >= 2. */
  readonly starts: Int32Array;
  /** Upper bound of each sample's dual variable [n], > 0. */
  readonly C: Float64Array;
  /** `svmProducts` of X, where known: saves time, with the same result. */
  readonly products?: Float64Array | null;
}

export interface SvmSettings {
  readonly tolerance: number;
  /** What kernel values may take, in bytes. */
  readonly cacheBytes: number;
  /** Steps per binary problem, at most 2^31 - 1. */
  readonly maxIterations: number;
  readonly shrinking: boolean;
}

/** Solution of the k (k - 1) / 2 binary problems (0,1), (0,2), ..., (1,2), ...; the first class counts as +1. */
export interface SvmSolution {
  /** [k - 1, n]: beta of a sample of class c against class e in row e (e < c) or e - 1. */
  readonly coef: Float64Array;
  readonly intercepts: Float64Array;
  readonly iterations: Int32Array;
  /** Per pair: whether the tolerance is met. */
  readonly converged: readonly boolean[];
}

/** Inner products x_i'x_j of the rows of X, j <= i, row after row [n (n + 1) / 2]. */
export function svmProducts(core: ModelsCore, X: Matrix): Float64Array {
  const length = (X.rows * (X.rows + 1)) / 2;
  return core.scope((arena) => {
    const products = arena.f64Alloc(length);
    core.exports.svmProducts(arena.f64(X.data), X.rows, X.cols, products);
    return arena.readF64(products, length);
  });
}

/** The lower triangle of a matrix [n, n] from its packed rows, or 0 where there are none. */
function placeProducts(arena: Arena, products: Float64Array | null | undefined, n: number): number {
  if (!products) return 0;
  const matrix = arena.f64Alloc(n * n);
  for (let i = 0, at = 0; i < n; at += ++i) arena.writeF64(matrix + 8 * i * n, products.subarray(at, at + i + 1));
  return matrix;
}

/** Trains a one-vs-one machine; throws `numerical-failure` when kernel values overflow. */
export function svmFit(core: ModelsCore, problem: SvmProblem, kernel: SvmKernel, settings: SvmSettings): SvmSolution {
  const { X, starts, C, products } = problem;
  const classes = starts.length - 1;
  const pairs = (classes * (classes - 1)) / 2;
  return core.scope((arena) => {
    const coef = arena.f64Alloc((classes - 1) * X.rows);
    const intercepts = arena.f64Alloc(pairs);
    const iterations = arena.i32Alloc(pairs);
    const met = arena.i32Alloc(pairs);
    const status = core.exports.svmFit(
      arena.f64(X.data),
      X.rows,
      X.cols,
      arena.i32(starts),
      classes,
      arena.f64(C),
      placeProducts(arena, products, X.rows),
      svmKernels.indexOf(kernel.kind),
      kernel.gamma,
      kernel.coef0,
      kernel.degree,
      settings.tolerance,
      settings.cacheBytes,
      settings.maxIterations,
      settings.shrinking,
      coef,
      intercepts,
      iterations,
      met,
    );
    if (status !== 0) throw overflow();
    return {
      coef: arena.readF64(coef, (classes - 1) * X.rows),
      intercepts: arena.readF64(intercepts, pairs),
      iterations: arena.readI32(iterations, pairs),
      converged: [...arena.readI32(met, pairs)].map((flag) => flag === 1),
    };
  });
}

/** What a regression is to: errors of y [n] up to epsilon are free. */
export interface SvmRegression {
  readonly X: Matrix;
  readonly y: Float64Array;
  /** Upper bound of each sample's coefficient in size [n], > 0. */
  readonly C: Float64Array;
  readonly epsilon: number;
  /** As in SvmProblem. */
  readonly products?: Float64Array | null;
}

export interface SvmRegressionSolution {
  /** [n]: the value at x is sum_i beta_i k(x_i, x) + intercept. */
  readonly beta: Float64Array;
  readonly intercept: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Trains epsilon-support vector regression; throws as `svmFit`. */
export function svmRegress(
  core: ModelsCore,
  { X, y, C, epsilon, products }: SvmRegression,
  kernel: SvmKernel,
  settings: SvmSettings,
): SvmRegressionSolution {
  return core.scope((arena) => {
    const beta = arena.f64Alloc(X.rows);
    const out = arena.f64Alloc(3);
    const status = core.exports.svmRegress(
      arena.f64(X.data),
      X.rows,
      X.cols,
      arena.f64(y),
      arena.f64(C),
      epsilon,
      placeProducts(arena, products, X.rows),
      svmKernels.indexOf(kernel.kind),
      kernel.gamma,
      kernel.coef0,
      kernel.degree,
      settings.tolerance,
      settings.cacheBytes,
      settings.maxIterations,
      settings.shrinking,
      beta,
      out,
    );
    if (status !== 0) throw overflow();
    const [intercept, iterations, met] = arena.readF64(out, 3) as unknown as [number, number, number];
    return { beta: arena.readF64(beta, X.rows), intercept, iterations, converged: met === 1 };
  });
}

/** What a trained machine decides by. */
export interface SvmMachine {
  readonly kernel: SvmKernel;
  /** Support vectors [s, d], grouped by class. */
  readonly vectors: Matrix;
  /** [k + 1]: class c is rows starts[c] to starts[c + 1] - 1. */
  readonly starts: Int32Array;
  /** [k - 1, s], as in SvmSolution. */
  readonly coef: Float64Array;
  readonly intercepts: Float64Array;
}

/** Decision values [m, pairs] of X [m, d], positive for the pair's first class; throws as `svmFit`. */
export function svmDecide(core: ModelsCore, machine: SvmMachine, X: Matrix): Float64Array {
  const { kernel, vectors, starts, coef, intercepts } = machine;
  return core.scope((arena) => {
    const values = arena.f64Alloc(X.rows * intercepts.length);
    core.exports.svmDecide(
      arena.f64(X.data),
      X.rows,
      X.cols,
      arena.f64(vectors.data),
      arena.i32(starts),
      starts.length - 1,
      arena.f64(coef),
      arena.f64(intercepts),
      svmKernels.indexOf(kernel.kind),
      kernel.gamma,
      kernel.coef0,
      kernel.degree,
      values,
    );
    return finite(arena.readF64(values, X.rows * intercepts.length));
  });
}

/** Weight vectors [pairs, d] of a machine with linear kernel. */
export function svmWeights(core: ModelsCore, machine: SvmMachine): Float64Array {
  const { vectors, starts, coef, intercepts } = machine;
  return core.scope((arena) => {
    const weights = arena.f64Alloc(intercepts.length * vectors.cols);
    core.exports.svmWeights(
      arena.f64(vectors.data),
      vectors.cols,
      arena.i32(starts),
      starts.length - 1,
      arena.f64(coef),
      weights,
    );
    return arena.readF64(weights, intercepts.length * vectors.cols);
  });
}

/** Decision values [m, pairs] of X [m, d] from weights [pairs, d]: X weights' + intercepts. */
export function svmDecideLinear(
  core: ModelsCore,
  weights: Float64Array,
  intercepts: Float64Array,
  X: Matrix,
): Float64Array {
  return core.scope((arena) => {
    const values = arena.f64Alloc(X.rows * intercepts.length);
    core.exports.svmDecideLinear(
      arena.f64(X.data),
      X.rows,
      X.cols,
      arena.f64(weights),
      arena.f64(intercepts),
      intercepts.length,
      values,
    );
    return finite(arena.readF64(values, X.rows * intercepts.length));
  });
}

function finite(values: Float64Array): Float64Array {
  for (const value of values) if (!Number.isFinite(value)) throw overflow();
  return values;
}

function overflow(): VernierError {
  return new VernierError(
    "numerical-failure",
    '"X": expected features whose kernel values stay within double precision, got an overflow',
  );
}
