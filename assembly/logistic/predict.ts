import { gemmNT } from "../linalg/gemm";
import { exp } from "../math/exp";

// Scores Z = X W^T + b of new samples.
// In:   X [m, d], W [K, d], b [K].  Out: Z [m, K] row-major
export function logisticScores(X: usize, m: i32, d: i32, W: usize, b: usize, K: i32, Z: usize): void {
  gemmNT(m, K, d, X, d, W, d, Z, K);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < K; k++) {
      const at = Z + ((<usize>(i * K + k)) << 3);
      store<f64>(at, load<f64>(at) + load<f64>(b + ((<usize>k) << 3)));
    }
  }
}

// Class probabilities from scores: K = 1: 1 / (1 + exp(+-z)) for the two classes, else the softmax of a row.
// In:   Z [m, K].  Out: P [m, K = 1 ? 2 : K], rows sum to 1 within rounding; finite for any finite scores
export function logisticProbabilities(Z: usize, m: i32, K: i32, P: usize): void {
  const row = (<usize>K) << 3;
  for (let i = 0; i < m; i++) {
    if (K === 1) {
      const z = load<f64>(Z);
      const e = exp(-abs(z));
      const likely = 1 / (1 + e);
      const unlikely = e / (1 + e);
      store<f64>(P, z > 0 ? unlikely : likely);
      store<f64>(P, z > 0 ? likely : unlikely, 8);
      Z += 8;
      P += 16;
    } else {
      let largest = -Infinity;
      for (let at: usize = 0; at < row; at += 8) largest = max(largest, load<f64>(Z + at));
      let sum: f64 = 0;
      for (let at: usize = 0; at < row; at += 8) {
        const e = exp(load<f64>(Z + at) - largest);
        store<f64>(P + at, e);
        sum += e;
      }
      for (let at: usize = 0; at < row; at += 8) store<f64>(P + at, load<f64>(P + at) / sum);
      Z += row;
      P += row;
    }
  }
}
