import { dot } from "../linalg/dot";
import { at, nth } from "../linalg/product";
import { trsmRT } from "../linalg/triangular";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { covarianceRow, evenStride } from "./covariance";

/** Rows at a time: their covariances stay in the cache. */
const BATCH: i32 = 64;
/** No variance below this share of a: rounding leaves less. */
const LEAST: f64 = 1e-12;

// Predictions of the function, without noise: mean = k^T alpha, variance = a - |L^-1 k|^2.
// In:   U [d, stride], kind, a: covariance.ts; L, alpha: gprCondition; Z [m, d] row-major, in units of the length scales
// Out:  mean [m] and, unless L is 0, variance [m]
// Ref:  Rasmussen & Williams (2006), algorithm 2.1.  Golden: test/vectors/gp-sklearn.json
export function gprPredict(
  U: usize,
  n: i32,
  d: i32,
  kind: i32,
  a: f64,
  L: usize,
  alpha: usize,
  Z: usize,
  m: i32,
  mean: usize,
  variance: usize,
): void {
  const mark = arenaMark();
  const stride = evenStride(n);
  const rows = arenaAlloc(((<usize>stride) << 3) * <usize>min(m, BATCH));
  for (let first = 0; first < m; first += BATCH) {
    const count = min(BATCH, m - first);
    for (let i = 0; i < count; i++) {
      const row = at(rows, stride, i, 0);
      covarianceRow(U, stride, d, kind, a, nth(Z, (first + i) * d), 8, n, row);
      store<f64>(nth(mean, first + i), dot(row, alpha, n));
    }
    if (L === 0) continue;
    trsmRT(count, n, L, stride, rows, stride);
    for (let i = 0; i < count; i++) {
      const row = at(rows, stride, i, 0);
      store<f64>(nth(variance, first + i), max(LEAST * a, a - dot(row, row, n)));
    }
  }
  arenaRelease(mark);
}
