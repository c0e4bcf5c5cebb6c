import { D, K, l1, penalized } from "./problem";
import { subgradient } from "./optimality";

// The coordinates that a step may change: those that are not zero, those whose subgradient does not contain
// zero, and the intercepts; at most `limit` of them, the ones furthest from their own optimum. All others are
// zero and would stay zero.
// In:   W [K, D], G [K, D], norms [D], violation [K, D] to write into
// Out:  set [<= limit + K], ascending positions in W; returns how many

/** So many that the Hessian of a set (32 MiB) and its factorization stay affordable. */
export const SET_LIMIT: i32 = 2048;

export function workingSet(W: usize, G: usize, norms: usize, limit: i32, violation: usize, set: usize): i32 {
  const p = penalized();
  let wanted = 0;
  let most: f64 = 0;
  for (let k = 0; k < K; k++) {
    for (let j = 0; j < D; j++) {
      const at = (<usize>(k * D + j)) << 3;
      const w = load<f64>(W + at);
      const g = abs(subgradient(load<f64>(G + at), w, l1));
      // -1: not a candidate; a coordinate that is not zero is one even at its optimum.
      const v = j < p ? (g > 0 ? g / load<f64>(norms + ((<usize>j) << 3)) : w !== 0 ? 0 : -1) : Infinity;
      store<f64>(violation + at, v);
      if (v >= 0 && v < Infinity) {
        wanted++;
        most = max(most, v);
      }
    }
  }
  let threshold: f64 = 0;
  if (wanted > limit) {
    // Bisection for a threshold that the limit's number of violations reaches.
    let above = most;
    for (let i = 0; i < 60; i++) {
      const middle = 0.5 * (threshold + above);
      if (count(violation, middle) > limit) threshold = middle;
      else above = middle;
    }
    threshold = above;
  }
  let size = 0;
  for (let c = 0; c < K * D; c++) {
    if (load<f64>(violation + ((<usize>c) << 3)) >= threshold) {
      store<i32>(set + ((<usize>size) << 2), c);
      size++;
    }
  }
  return size;
}

function count(violation: usize, threshold: f64): i32 {
  let many = 0;
  for (let c = 0; c < K * D; c++) {
    const v = load<f64>(violation + ((<usize>c) << 3));
    if (v >= threshold && v < Infinity) many++;
  }
  return many;
}
