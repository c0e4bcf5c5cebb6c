import { dot } from "../linalg/dot";
import { gemmNN, gemmNT } from "../linalg/gemm";
import { gemv, gemvT } from "../linalg/gemv";
import { A, C, D, K, l1, l2, N, penalized } from "./problem";

// Z = W A.
// In:   W [K, D].  Out: Z [K, N]
export function scoresOf(W: usize, Z: usize): void {
  if (K === 1) gemvT(A, N, D, N, W, Z);
  else gemmNN(K, N, D, W, D, A, N, Z, N);
}

// C R A^T + l2 W' : the gradient for residuals R, or the product of the Hessian for curvature times scores R.
// In:   R [K, N], W [K, D].  Out: G [K, D]
export function pullBack(R: usize, W: usize, G: usize): void {
  if (K === 1) gemv(A, N, D, N, R, G);
  else gemmNT(K, D, N, R, N, A, N, G, D);
  const p = penalized();
  for (let k = 0; k < K; k++) {
    const row = (<usize>k * <usize>D) << 3;
    for (let j = 0; j < D; j++) {
      const at = row + ((<usize>j) << 3);
      const ridge = j < p ? l2 * load<f64>(W + at) : 0;
      store<f64>(G + at, C * load<f64>(G + at) + ridge);
    }
  }
}

// The penalty l1 |W'|_1 + l2/2 |W'|_2^2.
export function penaltyOf(W: usize): f64 {
  const p = penalized();
  let absolute: f64 = 0;
  let square: f64 = 0;
  for (let k = 0; k < K; k++) {
    const row = W + ((<usize>k * <usize>D) << 3);
    for (let j = 0; j < p; j++) absolute += abs(load<f64>(row + ((<usize>j) << 3)));
    square += dot(row, row, p);
  }
  return l1 * absolute + 0.5 * l2 * square;
}
