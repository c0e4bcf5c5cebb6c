import { arenaAlloc } from "../memory";

// The least-squares problem of a linear model, as all kernels of the family take it. Letters of the family:
//   n, d     samples, columns
//   N        n rounded up to an even number: the stride of what has a value per sample; the spare one is 0
//   A [d, N] the table, transposed: a row per column of X, shifted to (weighted) mean 0 where there is an
//            intercept, and each sample times the square root of its weight
//   t [N]    the target, treated alike
//   w [d]    coefficients; e = t - A'w, the residuals
// A, t and what was taken off are left in the arena for the caller to release.

export let A: usize = 0;
export let t: usize = 0;
export let N: i32 = 0;
/** The shifts of the columns [d], and of the target. */
export let means: usize = 0;
export let tMean: f64 = 0;

// In:   X [n, d] row-major; y [n], or 0 for a table without target; s [n] weights > 0, or 0 for 1 each
export function tableOpen(X: usize, n: i32, d: i32, y: usize, s: usize, intercept: bool): void {
  N = (n + 1) & ~1;
  A = arenaAlloc((<usize>d * <usize>N) << 3);
  t = arenaAlloc((<usize>N) << 3);
  means = arenaAlloc((<usize>d) << 3);
  for (let j: usize = 0; j < <usize>d; j++) {
    const row = A + ((j * <usize>N) << 3);
    store<f64>(means + (j << 3), column(X + (j << 3), n, (<usize>d) << 3, s, intercept, row));
  }
  if (y !== 0) tMean = column(y, n, 8, s, intercept, t);
}

// n numbers `stride` bytes apart as a row; returns the shift. Constant numbers are shifted by themselves, not by
// their rounded mean, so that no noise is left of them.
function column(from: usize, n: i32, stride: usize, s: usize, shifted: bool, row: usize): f64 {
  const first = load<f64>(from);
  let sum: f64 = 0;
  let total: f64 = 0;
  let constant = true;
  for (let i: usize = 0; i < <usize>n; i++) {
    const x = load<f64>(from + i * stride);
    const weight = s === 0 ? 1 : load<f64>(s + (i << 3));
    sum += weight * x;
    total += weight;
    if (x !== first) constant = false;
  }
  const shift = !shifted ? 0 : constant ? first : sum / total;
  for (let i: usize = 0; i < <usize>n; i++) {
    const x = load<f64>(from + i * stride) - shift;
    store<f64>(row + (i << 3), s === 0 ? x : x * Math.sqrt(load<f64>(s + (i << 3))));
  }
  if ((n & 1) !== 0) store<f64>(row + ((<usize>n) << 3), 0);
  return shift;
}
