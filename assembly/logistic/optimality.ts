import { dot } from "../linalg/dot";
import { weightRows } from "./curvature";
import { A, C, D, K, l1, l2, N, omega, penalized } from "./problem";

// How far W is from the optimum: the largest entry of the smallest subgradient, each relative to the size
// of the terms that cancel in it,
//   max_kj |g_kj| / (C |a_j| |r_k| + l2 |w_kj| + l1),   |x|^2 = sum_i omega_i x_i^2,
// where without penalty |g_kj| / (C |a_j| |r_k|) is the cosine of the angle between a column of the table and
// the residuals. It does not depend on the units of the columns; rounding leaves about 1e-15.
// In:   W [K, D], G [K, D], R [K, N], weighted [K, N] = omega R, norms [D] (of A's rows)
export function optimality(W: usize, G: usize, R: usize, weighted: usize, norms: usize): f64 {
  const p = penalized();
  let worst: f64 = 0;
  for (let k = 0; k < K; k++) {
    const row = (<usize>k * <usize>N) << 3;
    const residual = C * Math.sqrt(dot(R + row, weighted + row, N));
    for (let j = 0; j < D; j++) {
      const at = ((<usize>k * <usize>D) << 3) + ((<usize>j) << 3);
      const w = load<f64>(W + at);
      let scale = residual * load<f64>(norms + ((<usize>j) << 3));
      if (j < p) scale += l2 * abs(w) + l1;
      const g = abs(subgradient(load<f64>(G + at), w, j < p ? l1 : 0));
      if (g > worst * scale) worst = g / scale;
    }
  }
  return worst;
}

/** The subgradient closest to zero of a smooth part with derivative g plus weight |w|. */
export function subgradient(g: f64, w: f64, weight: f64): f64 {
  if (w > 0) return g + weight;
  if (w < 0) return g - weight;
  return g > weight ? g - weight : g < -weight ? g + weight : 0;
}

// norms_j = |a_j|; returns the largest. Scratch is [N].
export function columnNorms(norms: usize, scratch: usize): f64 {
  let largest: f64 = 0;
  for (let j = 0; j < D; j++) {
    const a = A + ((<usize>j * <usize>N) << 3);
    weightRows(a, 1, omega, scratch);
    const norm = Math.sqrt(dot(a, scratch, N));
    store<f64>(norms + ((<usize>j) << 3), norm);
    largest = max(largest, norm);
  }
  return largest;
}
