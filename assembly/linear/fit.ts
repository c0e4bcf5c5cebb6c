import { dot } from "../linalg/dot";
import { syrkNT } from "../linalg/syrk";
import { arenaMark, arenaRelease } from "../memory";
import { lassoSolve } from "./lasso";
import { ridgeSolve } from "./ridge";
import { A, means, N, t, tableOpen, tMean } from "./table";

// Linear regression by least squares with penalties: w and the intercept b that minimize
//   sum_i s_i (y_i - x_i'w - b)^2 / 2 + l1 |w|_1 + l2 |w|^2 / 2
// In:   X [n, d] row-major, finite; y [n]; s [n] > 0 or 0 for weights of 1; G, what `linearGram` gives for X, or 0
//       (without weights only): the results are the same; l1, l2 >= 0; hasIntercept 0 or 1
//       where l1 > 0: tolerance for the duality gap, relative to the sum of squares of y about its mean;
//       maxIterations sweeps; w to start from
// Out:  w [d]; out [4] = b, and where l1 > 0: gap, sweeps, 1 where the tolerance is met
//       Returns 0, or 1 when the squares of X or y are not finite.  With l1 = 0 and no unique w: the shortest.
// Golden: test/vectors/regression.json
export function linearFit(
  X: usize,
  n: i32,
  d: i32,
  y: usize,
  s: usize,
  G: usize,
  l1: f64,
  l2: f64,
  hasIntercept: i32,
  tolerance: f64,
  maxIterations: i32,
  w: usize,
  out: usize,
): i32 {
  const mark = arenaMark();
  tableOpen(X, n, d, y, s, hasIntercept !== 0);
  if (!(dot(A, A, d * N) + dot(t, t, N) < Infinity)) {
    arenaRelease(mark);
    return 1;
  }
  if (l1 > 0) lassoSolve(A, d, N, t, G, l1, l2, tolerance, maxIterations, w, out + 8);
  else ridgeSolve(A, d, n, N, t, G, l2, w);
  store<f64>(out, hasIntercept !== 0 ? tMean - dot(w, means, d) : 0);
  arenaRelease(mark);
  return 0;
}

// Inner products of the columns of X, shifted to mean 0 where there is an intercept.
// In:   X [n, d].  Out: G [d, d] symmetric
export function linearGram(X: usize, n: i32, d: i32, hasIntercept: i32, G: usize): void {
  const mark = arenaMark();
  tableOpen(X, n, d, 0, 0, hasIntercept !== 0);
  syrkNT(d, N, A, N, G, d);
  arenaRelease(mark);
}
