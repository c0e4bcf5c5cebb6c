import { cholesky, choleskySolve } from "../linalg/cholesky";
import { at, nth } from "../linalg/product";
import { covarianceRow, evenStride } from "./covariance";

// Conditions a Gaussian process on observations: K = (a k(t_ij)) + noise I = L L^T, alpha = K^-1 y.
// In:   U [d, stride], kind, a: covariance.ts; noise > 0; y [n]
// Out:  L [n, stride], alpha [n]. The answer: 0, or 1 where K is not positive definite to working precision.
// Ref:  Rasmussen & Williams (2006), algorithm 2.1.  Golden: test/vectors/gp-sklearn.json
export function gprCondition(
  U: usize,
  n: i32,
  d: i32,
  kind: i32,
  a: f64,
  noise: f64,
  y: usize,
  L: usize,
  alpha: usize,
): i32 {
  const stride = evenStride(n);
  for (let i = 0; i < n; i++) {
    const row = at(L, stride, i, 0);
    covarianceRow(U, stride, d, kind, a, nth(U, i), (<usize>stride) << 3, i, row);
    store<f64>(nth(row, i), a + noise);
  }
  if (cholesky(n, L, stride) !== 0) return 1;
  memory.copy(alpha, y, (<usize>n) << 3);
  choleskySolve(n, L, stride, alpha);
  return 0;
}
