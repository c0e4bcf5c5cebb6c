import { K, N, omega } from "./problem";

// Second derivatives of the weighted losses, applied to a change of scores:
//   U_k = omega sum_l s_kl V_l for every sample,  s_kl = p_k ([k = l] - p_l),  K = 1: s = p (1 - p).
// In:   V [K, N], P [K, N].  Out: U [K, N], may be V
export function curvature(V: usize, P: usize, U: usize): void {
  const stride = (<usize>N) << 3;
  if (K === 1) {
    for (let at: usize = 0; at < stride; at += 16) {
      const p = f64x2.mul(v128.load(omega + at), v128.load(P + at));
      v128.store(U + at, f64x2.mul(p, v128.load(V + at)));
    }
    return;
  }
  for (let at: usize = 0; at < stride; at += 16) {
    let mean = f64x2.splat(0);
    for (let k = 0; k < K; k++) {
      const place = at + <usize>k * stride;
      mean = f64x2.add(mean, f64x2.mul(v128.load(P + place), v128.load(V + place)));
    }
    for (let k = 0; k < K; k++) {
      const place = at + <usize>k * stride;
      const p = f64x2.mul(v128.load(omega + at), v128.load(P + place));
      v128.store(U + place, f64x2.mul(p, f64x2.sub(v128.load(V + place), mean)));
    }
  }
}

// Weights omega s_kk of score k from its residuals r: p (1 - p) = |r| (1 - |r|), whether k is the true class or not;
// unlike 1 - p the residual is accurate near 0.
// In:   r [N].  Out: s [N]
export function curvatureWeights(r: usize, s: usize): void {
  const stride = (<usize>N) << 3;
  const one = f64x2.splat(1);
  for (let at: usize = 0; at < stride; at += 16) {
    const size = f64x2.abs(v128.load(r + at));
    v128.store(s + at, f64x2.mul(v128.load(omega + at), f64x2.mul(size, f64x2.sub(one, size))));
  }
}

// Rows of a table, each weighted by the samples: Y_j = s * X_j.
// In:   X [rows, N], s [N].  Out: Y [rows, N], may be X
export function weightRows(X: usize, rows: i32, s: usize, Y: usize): void {
  const stride = (<usize>N) << 3;
  for (let j = 0; j < rows; j++) {
    for (let at: usize = 0; at < stride; at += 16) {
      v128.store(Y + at, f64x2.mul(v128.load(s + at), v128.load(X + at)));
    }
    X += stride;
    Y += stride;
  }
}
