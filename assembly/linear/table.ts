import { axpy } from "../linalg/dot";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";

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

/** Rows that are transposed together: a cache line of every row of A. */
const BLOCK: i32 = 8;

// In:   X [n, d] row-major; y [n], or 0 for a table without target; s [n] weights > 0, or 0 for 1 each
export function tableOpen(X: usize, n: i32, d: i32, y: usize, s: usize, intercept: bool): void {
  N = (n + 1) & ~1;
  A = arenaAlloc((<usize>d * <usize>N) << 3);
  t = arenaAlloc((<usize>N) << 3);
  means = arenaAlloc((<usize>d) << 3);
  const mark = arenaMark();
  const roots = arenaAlloc((<usize>n) << 3);
  for (let at: usize = 0; at < (<usize>n) << 3; at += 8) {
    store<f64>(roots + at, s === 0 ? 1 : Math.sqrt(load<f64>(s + at)));
  }
  shiftsOf(X, n, d, s, intercept, means);
  transpose(X, n, d, means, roots, A);
  if (y !== 0) {
    const mean = arenaAlloc(8);
    shiftsOf(y, n, 1, s, intercept, mean);
    transpose(y, n, 1, mean, roots, t);
    tMean = load<f64>(mean);
  }
  arenaRelease(mark);
}

// The columns' means, zeros unless `shifted`. A constant column is shifted by itself, not by its rounded mean, so that
// no noise is left of it.
function shiftsOf(X: usize, n: i32, d: i32, s: usize, shifted: bool, shifts: usize): void {
  const row = (<usize>d) << 3;
  memory.fill(shifts, 0, row);
  if (!shifted) return;
  let total: f64 = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const weight = s === 0 ? 1 : load<f64>(s + (i << 3));
    axpy(weight, X + i * row, shifts, d);
    total += weight;
  }
  for (let at: usize = 0; at < row; at += 8) {
    const first = load<f64>(X + at);
    let i: usize = 1;
    while (i < <usize>n && load<f64>(X + at + i * row) === first) i++;
    store<f64>(shifts + at, i === <usize>n ? first : load<f64>(shifts + at) / total);
  }
}

// A_ji = (x_ij - shift_j) root_i; the spare sample gets 0.
function transpose(X: usize, n: i32, d: i32, shifts: usize, roots: usize, A: usize): void {
  for (let first = 0; first < n; first += BLOCK) {
    const end = min(n, first + BLOCK);
    for (let j: usize = 0; j < <usize>d; j++) {
      const shift = load<f64>(shifts + (j << 3));
      const row = A + ((j * <usize>N) << 3);
      for (let i = <usize>first; i < <usize>end; i++) {
        const x = load<f64>(X + ((i * <usize>d + j) << 3));
        store<f64>(row + (i << 3), (x - shift) * load<f64>(roots + (i << 3)));
      }
      if (end === n && (n & 1) !== 0) store<f64>(row + ((<usize>n) << 3), 0);
    }
  }
}
