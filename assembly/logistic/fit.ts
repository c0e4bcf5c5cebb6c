import { dot } from "../linalg/dot";
import { log } from "../math/log";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { centreColumn } from "./gauge";
import { SET_LIMIT } from "./lasso-step";
import { newton } from "./newton";
import { path } from "./path";
import { problemSet } from "./problem";

// Fits a logistic regression (the problem is stated in problem.ts).
// In:   X [n, d] row-major, finite; y [n] classes 0 .. classes - 1, each present; classes >= 2
//       weights [n] > 0, or 0 for 1 each; C > 0, l1 >= 0, l2 >= 0; hasIntercept 0 or 1; tolerance for `optimality`; maxIterations >= 0;
//       setLimit: where l1 > 0, the largest working set whose Hessian is formed (0: the default)
// Out:  coef [K, d] and intercepts [K] (zeros without; for K > 1 they sum to zero), K = 1 for two classes, else
//       classes; out [3] = objective, optimality, iterations; returns a status (status.ts)
// Golden: test/vectors/logistic.json
export function logisticFit(
  X: usize,
  n: i32,
  d: i32,
  y: usize,
  classes: i32,
  weights: usize,
  C: f64,
  l1: f64,
  l2: f64,
  hasIntercept: i32,
  tolerance: f64,
  maxIterations: i32,
  setLimit: i32,
  coef: usize,
  intercepts: usize,
  out: usize,
): i32 {
  const mark = arenaMark();
  const N = (n + 1) & ~1;
  const D = d + (hasIntercept !== 0 ? 1 : 0);
  const K = classes === 2 ? 1 : classes;
  const A = arenaAlloc((<usize>D * <usize>N) << 3);
  const labels = arenaAlloc((<usize>N) << 3);
  const omega = arenaAlloc((<usize>N) << 3);
  const means = arenaAlloc((<usize>d) << 3);
  const W = arenaAlloc((<usize>K * <usize>D) << 3);
  const counts = arenaAlloc((<usize>classes) << 3);

  memory.fill(omega, 0, (<usize>N) << 3);
  for (let at: usize = 0; at < (<usize>n) << 3; at += 8) {
    store<f64>(omega + at, weights === 0 ? 1 : load<f64>(weights + at));
  }
  for (let j = 0; j < d; j++) {
    const row = A + ((<usize>j * <usize>N) << 3);
    store<f64>(means + ((<usize>j) << 3), column(X, n, d, j, omega, hasIntercept !== 0, row));
  }
  memory.fill(counts, 0, (<usize>classes) << 3);
  memory.fill(labels, 0, (<usize>N) << 3);
  for (let i = 0; i < n; i++) {
    const label = load<i32>(y + ((<usize>i) << 2));
    store<f64>(labels + ((<usize>i) << 3), <f64>label);
    const at = counts + ((<usize>label) << 3);
    store<f64>(at, load<f64>(at) + load<f64>(omega + ((<usize>i) << 3)));
  }
  memory.fill(W, 0, (<usize>K * <usize>D) << 3);
  if (hasIntercept !== 0) {
    const ones = A + ((<usize>d * <usize>N) << 3);
    memory.fill(ones, 0, (<usize>N) << 3);
    for (let i = 0; i < n; i++) store<f64>(ones + ((<usize>i) << 3), 1);
    start(counts, K, D, W);
  }

  problemSet(n, D, K, A, labels, omega, C, l1, l2, hasIntercept !== 0);
  const limit = setLimit > 0 ? setLimit : SET_LIMIT;
  const status =
    l1 > 0 ? path(W, tolerance, maxIterations, limit, out) : newton(W, tolerance, maxIterations, limit, out);

  for (let k = 0; k < K; k++) {
    const row = W + ((<usize>k * <usize>D) << 3);
    memory.copy(coef + ((<usize>k * <usize>d) << 3), row, (<usize>d) << 3);
    const b = hasIntercept !== 0 ? load<f64>(row + ((<usize>d) << 3)) - dot(row, means, d) : 0;
    store<f64>(intercepts + ((<usize>k) << 3), b);
  }
  if (K > 1) centreColumn(intercepts, K, 1, 0);
  arenaRelease(mark);
  return status;
}

// Column j of X as a row of A, shifted to (weighted) mean zero if asked; returns the shift. A constant column is shifted
// by itself, not by its rounded mean, so that no noise is left of it.
function column(X: usize, n: i32, d: i32, j: i32, omega: usize, shifted: bool, row: usize): f64 {
  const stride = (<usize>d) << 3;
  let from = X + ((<usize>j) << 3);
  const first = load<f64>(from);
  let sum: f64 = 0;
  let total: f64 = 0;
  let constant = true;
  for (let i = 0; i < n; i++) {
    const x = load<f64>(from);
    const weight = load<f64>(omega + ((<usize>i) << 3));
    sum += weight * x;
    total += weight;
    if (x !== first) constant = false;
    store<f64>(row + ((<usize>i) << 3), x);
    from += stride;
  }
  if ((n & 1) !== 0) store<f64>(row + ((<usize>n) << 3), 0);
  if (!shifted) return 0;
  const shift = constant ? first : sum / total;
  for (let i = 0; i < n; i++) {
    const at = row + ((<usize>i) << 3);
    store<f64>(at, load<f64>(at) - shift);
  }
  return shift;
}

// The intercepts that are optimal while all other weights are zero: the logarithms of the classes' shares.
function start(counts: usize, K: i32, D: i32, W: usize): void {
  const last = W + ((<usize>(D - 1)) << 3);
  if (K === 1) {
    store<f64>(last, log(load<f64>(counts, 8)) - log(load<f64>(counts)));
    return;
  }
  for (let k = 0; k < K; k++) {
    const share = log(load<f64>(counts + ((<usize>k) << 3)));
    store<f64>(last + ((<usize>k * <usize>D) << 3), share);
  }
  centreColumn(W, K, D, D - 1);
}
