import type { Matrix } from "../core/matrix.ts";
import type { ModelsCore } from "./core.ts";

/** matern52: Matern-5/2; rbf: the squared exponential. */
export type GprKernel = "matern52" | "rbf";
const kinds: Readonly<Record<GprKernel, number>> = { matern52: 0, rbf: 1 };

/** A Gaussian process and the points at which it is observed. */
export interface GprProcess {
  readonly kernel: GprKernel;
  /** Variance of the function. */
  readonly amplitude: number;
  /** Variance of an observation beside it, > 0. */
  readonly noise: number;
  /** [n, d]. */
  readonly X: Matrix;
  /** [d]. */
  readonly lengthScales: ArrayLike<number>;
}

/** A process given its observations. */
export interface GprPosterior {
  /** Lower triangle of the covariances' Cholesky factor [n, n], rows of an even length. */
  readonly L: Float64Array;
  /** [n]. */
  readonly alpha: Float64Array;
}

/**
 * The log marginal likelihood of y [n], NaN where the covariances are singular, and its gradient [d + 2] by the
 * logarithms of the length scales, the amplitude and the noise.
 */
export function gprLikelihood(
  core: ModelsCore,
  process: GprProcess,
  y: Float64Array,
): { readonly value: number; readonly gradient: Float64Array } {
  const { X, kernel, amplitude, noise } = process;
  return core.scope((arena) => {
    const gradient = arena.f64Alloc(X.cols + 2);
    const U = arena.f64(scaledColumns(process));
    const kind = kinds[kernel];
    const value = core.exports.gprLikelihood(U, X.rows, X.cols, kind, amplitude, noise, arena.f64(y), gradient);
    return { value, gradient: arena.readF64(gradient, X.cols + 2) };
  });
}

/** The process given y [n]; null where the covariances are singular. */
export function gprCondition(core: ModelsCore, process: GprProcess, y: Float64Array): GprPosterior | null {
  const { X, kernel, amplitude, noise } = process;
  const length = X.rows * even(X.rows);
  return core.scope((arena) => {
    const L = arena.f64Alloc(length);
    const alpha = arena.f64Alloc(X.rows);
    const U = arena.f64(scaledColumns(process));
    const kind = kinds[kernel];
    const failed = core.exports.gprCondition(U, X.rows, X.cols, kind, amplitude, noise, arena.f64(y), L, alpha);
    return failed ? null : { L: arena.readF64(L, length), alpha: arena.readF64(alpha, X.rows) };
  });
}

/** The function's means [m] at Z [m, d] and, if asked for, its variances [m], without noise. */
export function gprPredict(
  core: ModelsCore,
  process: GprProcess,
  { L, alpha }: GprPosterior,
  Z: Matrix,
  withVariance: boolean,
): { readonly mean: Float64Array; readonly variance: Float64Array } {
  const { X, kernel, amplitude, lengthScales } = process;
  const scaled = Z.data.map((value, at) => value / (lengthScales[at % Z.cols] as number));
  return core.scope((arena) => {
    const mean = arena.f64Alloc(Z.rows);
    const count = withVariance ? Z.rows : 0;
    const variance = arena.f64Alloc(count);
    core.exports.gprPredict(
      arena.f64(scaledColumns(process)),
      X.rows,
      X.cols,
      kinds[kernel],
      amplitude,
      withVariance ? arena.f64(L) : 0,
      arena.f64(alpha),
      arena.f64(scaled),
      Z.rows,
      mean,
      variance,
    );
    return { mean: arena.readF64(mean, Z.rows), variance: arena.readF64(variance, count) };
  });
}

/** X / length scale as columns [d, n rounded up to even], filled up by 0. */
function scaledColumns({ X: { data, rows, cols }, lengthScales }: GprProcess): Float64Array {
  const stride = even(rows);
  const columns = new Float64Array(cols * stride);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      columns[j * stride + i] = (data[i * cols + j] as number) / (lengthScales[j] as number);
    }
  }
  return columns;
}

function even(n: number): number {
  return n + (n % 2);
}
