import { nth } from "../linalg/product";
import { distances } from "./distance";
import { AMPLITUDE, D, E, KERNEL, L, N, NOISE, ORDER, ROW, rowOf, STRIDE, X } from "./model";
import { profile } from "./profile";

// Covariances between points, of one of three kernels with a length scale for each parameter:
//   radial:  k(x, z) = a k(sum_j t_j), k Matern-5/2 or the squared exponential
//   ANOVA:   k(x, z) = a prod_j (1 + c k(t_j)) / (1 + c), k Matern-5/2
// where t_j = w_j times the squared distance of parameter j. Multiplied out, the second is a sum over all sets of
// parameters: effects of single ones, of pairs, ..., those of order p weighted by c^p. A small c says that the
// parameters' effects add up, which many trials need not be spent on; a large one makes it a product kernel.
// Ref:  Rasmussen & Williams (2006), chapter 4; N. Durrande et al., "ANOVA kernels and RKHS of zero mean functions"
//       (2013), D. Duvenaud et al., "Additive Gaussian processes" (2011) for the idea.

export const RADIAL_MATERN: i32 = 0;
export const RADIAL_SQUARED: i32 = 1;
export const ANOVA_MATERN: i32 = 2;

/** out[k] = k(x, X_k), x [e] a point's columns; where count is odd one more number is written. */
export function covarianceRow(m: usize, x: usize, count: i32, out: usize): void {
  if (load<i32>(m, KERNEL) == ANOVA_MATERN) anovaRow(m, x, count, out);
  else radialRow(m, x, count, out);
}

function radialRow(m: usize, x: usize, count: i32, out: usize): void {
  const d = load<i32>(m, D);
  const a = f64x2.splat(load<f64>(m, AMPLITUDE));
  const squared = load<i32>(m, KERNEL) == RADIAL_SQUARED;
  for (let j = 0; j < d; j++) distances(m, j, x, count, j > 0, out);
  for (let k = 0; k < count; k += 2) v128.store(nth(out, k), f64x2.mul(a, profile(squared, v128.load(nth(out, k)))));
}

function anovaRow(m: usize, x: usize, count: i32, out: usize): void {
  const d = load<i32>(m, D);
  const c = load<f64>(m, ORDER);
  const share = f64x2.splat(c / (1.0 + c));
  const rest = f64x2.splat(1.0 / (1.0 + c));
  const t = load<usize>(m, ROW);
  const a = f64x2.splat(load<f64>(m, AMPLITUDE));
  for (let j = 0; j < d; j++) {
    distances(m, j, x, count, false, t);
    for (let k = 0; k < count; k += 2) {
      const factor = f64x2.add(rest, f64x2.mul(share, profile(false, v128.load(nth(t, k)))));
      v128.store(nth(out, k), f64x2.mul(j > 0 ? v128.load(nth(out, k)) : a, factor));
    }
  }
}

/** x [e] = the columns of point i. */
export function columnsOf(m: usize, i: i32, x: usize): void {
  const e = load<i32>(m, E);
  for (let c = 0; c < e; c++) store<f64>(nth(x, c), load<f64>(nth(rowOf(m, X, c), i)));
}

/** The lower triangle of K, with the noise on the diagonal, in the place of L; x [e] is scratch. */
export function covariances(m: usize, x: usize): void {
  const n = load<i32>(m, N);
  const diagonal = load<f64>(m, AMPLITUDE) + load<f64>(m, NOISE);
  for (let i = 0; i < n; i++) {
    columnsOf(m, i, x);
    covarianceRow(m, x, i, rowOf(m, L, i));
    store<f64>(nth(rowOf(m, L, i), i), diagonal);
  }
}

/** The model's row stride. */
export function strideOf(m: usize): i32 {
  return load<i32>(m, STRIDE);
}
