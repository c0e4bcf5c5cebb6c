import { subgradient } from "./optimality";
import { D, K, l1, penalized } from "./problem";

// The coordinates that a step may change: the intercepts, those that are not zero, and the worst of those that
// are zero but should not be (0 is not among their subgradients). A set takes in few of the last at a time, so
// that it stays near the size of the solution, which is what makes a step cheap. All others stay zero.
// In:   W [K, D], G [K, D], norms [D], violation [K, D] to write into
// Out:  set [<= K D], ascending positions in W; returns how many

export function workingSet(W: usize, G: usize, norms: usize, violation: usize, set: usize): i32 {
  const active = countNonZero(W);
  const p = penalized();
  for (let k = 0; k < K; k++) {
    for (let j = 0; j < D; j++) {
      const at = (<usize>(k * D + j)) << 3;
      const w = load<f64>(W + at);
      // Infinity: always in the set; -1: never.
      let v: f64 = -1;
      if (j >= p || w !== 0) v = Infinity;
      else {
        const g = abs(subgradient(load<f64>(G + at), w, l1));
        if (g > 0) v = g / load<f64>(norms + ((<usize>j) << 3));
      }
      store<f64>(violation + at, v);
    }
  }
  const threshold = thresholdFor(violation, max(32, max(active / 5, (K * D) / 20)));
  let size = 0;
  for (let c = 0; c < K * D; c++) {
    if (load<f64>(violation + ((<usize>c) << 3)) >= threshold) {
      store<i32>(set + ((<usize>size) << 2), c);
      size++;
    }
  }
  return size;
}

function countNonZero(W: usize): i32 {
  const p = penalized();
  let many = 0;
  for (let k = 0; k < K; k++) {
    for (let j = 0; j < p; j++) if (load<f64>(W + ((<usize>(k * D + j)) << 3)) !== 0) many++;
  }
  return many;
}

// A violation that is reached by no more than `room` candidates, as low as bisection finds it.
function thresholdFor(violation: usize, room: i32): f64 {
  if (countFrom(violation, 0) <= room) return 0;
  let below: f64 = 0;
  let above: f64 = 0;
  for (let c = 0; c < K * D; c++) {
    const v = load<f64>(violation + ((<usize>c) << 3));
    if (v < Infinity) above = max(above, v);
  }
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (below + above);
    if (countFrom(violation, middle) > room) below = middle;
    else above = middle;
  }
  return above;
}

function countFrom(violation: usize, threshold: f64): i32 {
  let many = 0;
  for (let c = 0; c < K * D; c++) {
    const v = load<f64>(violation + ((<usize>c) << 3));
    if (v >= threshold && v < Infinity) many++;
  }
  return many;
}
