import { choleskyAppend } from "../linalg/cholesky";
import { dot } from "../linalg/dot";
import { at, nth } from "../linalg/product";
import { trsmRT, trsv, trsvT } from "../linalg/triangular";
import { addPoint, embed } from "./columns";
import { columnsOf, covarianceRow } from "./covariance";
import { ALPHA, AMPLITUDE, E, L, N, NOISE, rowOf, STRIDE } from "./model";
import { contractPoint, slopes } from "./slopes";

// Predictions of a conditioned model: of the function, without the observations' noise.
//   mean = k^T alpha,  variance = k(x, x) - |L^-1 k|^2
// Ref:  Rasmussen & Williams (2006), algorithm 2.1.

/** No variance below this share of the amplitude: rounding leaves less. */
const LEAST: f64 = 1e-12;

/** Adds the points of trials under way u [count, d] as if each had come out as predicted: only variances change. */
export function addPending(m: usize, count: i32, u: usize, d: i32, x: usize): void {
  const stride = load<i32>(m, STRIDE);
  for (let i = 0; i < count; i++) {
    const n = load<i32>(m, N);
    addPoint(m, u + ((<usize>i * <usize>d) << 3), x);
    columnsOf(m, n, x);
    covarianceRow(m, x, n, rowOf(m, L, n));
    const noise = max(load<f64>(m, NOISE), 1e-6 * load<f64>(m, AMPLITUDE));
    store<f64>(nth(rowOf(m, L, n), n), load<f64>(m, AMPLITUDE) + noise);
    store<f64>(nth(load<usize>(m, ALPHA), n), 0);
    // A point that tells nothing new to working precision is left out.
    if (choleskyAppend(n, 1, load<usize>(m, L), stride) !== 0) store<i32>(m, n, N);
  }
}

/** Means and variances [count] at the points u [count, d]; scratch holds count rows of the stride and e numbers. */
export function predictBatch(
  m: usize,
  count: i32,
  u: usize,
  d: i32,
  mean: usize,
  variance: usize,
  scratch: usize,
): void {
  const n = load<i32>(m, N);
  const stride = load<i32>(m, STRIDE);
  const x = scratch + ((<usize>count * <usize>stride) << 3);
  for (let i = 0; i < count; i++) {
    embed(m, u + ((<usize>i * <usize>d) << 3), x);
    const row = at(scratch, stride, i, 0);
    covarianceRow(m, x, n, row);
    store<f64>(nth(mean, i), dot(row, load<usize>(m, ALPHA), n));
  }
  trsmRT(count, n, load<usize>(m, L), stride, scratch, stride);
  for (let i = 0; i < count; i++) {
    const row = at(scratch, stride, i, 0);
    store<f64>(nth(variance, i), atLeast(m, load<f64>(m, AMPLITUDE) - dot(row, row, n)));
  }
}

/** Mean and variance at a point's columns x; v [stride] then holds L^-1 k, for `predictGradient`. */
export function predict(m: usize, x: usize, v: usize, mean: usize, variance: usize): void {
  const n = load<i32>(m, N);
  covarianceRow(m, x, n, v);
  store<f64>(mean, dot(v, load<usize>(m, ALPHA), n));
  trsv(n, load<usize>(m, L), load<i32>(m, STRIDE), v);
  store<f64>(variance, atLeast(m, load<f64>(m, AMPLITUDE) - dot(v, v, n)));
}

/** out [e] = byMean d mean / dx + byVariance d variance / dx, after `predict`, whose v is used up; sums [2]: scratch. */
export function predictGradient(
  m: usize,
  x: usize,
  v: usize,
  byMean: f64,
  byVariance: f64,
  sums: usize,
  out: usize,
): void {
  const n = load<i32>(m, N);
  trsvT(n, load<usize>(m, L), load<i32>(m, STRIDE), v);
  for (let k = 0; k < n; k++) {
    const at = nth(v, k);
    store<f64>(at, byMean * load<f64>(nth(load<usize>(m, ALPHA), k)) - 2.0 * byVariance * load<f64>(at));
  }
  if (n & 1) store<f64>(nth(v, n), 0);
  memory.fill(sums, 0, 16);
  slopes(m, x, n, v, sums);
  contractPoint(m, x, n, out);
}

/** Numbers that `predictGradient` writes. */
export function columnsCount(m: usize): i32 {
  return load<i32>(m, E);
}

function atLeast(m: usize, variance: f64): f64 {
  const least = LEAST * load<f64>(m, AMPLITUDE);
  return variance > least ? variance : least;
}
