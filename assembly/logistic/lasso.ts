import { cholesky, choleskySolve } from "../linalg/cholesky";
import { axpy, dot } from "../linalg/dot";
import { gemv } from "../linalg/gemv";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { subgradient } from "./optimality";

// A quadratic with an L1 penalty: minimize over u
//   phi(u) = g (u - w) + 1/2 (u - w) H (u - w) + sum_c weight_c |u_c|.
// Sweeps of coordinate descent find which coordinates are zero, and the signs of the others; Newton's step on
// those others (a Cholesky solve) then finds their values, which coordinate descent alone would approach very
// slowly when the columns are correlated. Both descend, and they take turns.
// In:   H [m, m] symmetric, positive semidefinite; g, w, weight [m]; pinned: a coordinate that the Newton step
//       leaves alone (-1: none), for problems that do not change along one direction without penalty;
//       forcing in (0, 1): the largest subgradient entry is to fall to so much of what it is at w, entry c
//       taken relative to sqrt(H_cc)
// Out:  u [m]
// Ref:  Yuan, Ho & Lin (2012), An improved GLMNET for L1-regularized logistic regression, for the sweeps.

const SWEEPS: i32 = 10;
const ROUNDS: i32 = 100;
const RIDGE: f64 = 1e-12;

export function lasso(m: i32, H: usize, g: usize, w: usize, weight: usize, pinned: i32, forcing: f64, u: usize): void {
  const mark = arenaMark();
  const bytes = (<usize>m) << 3;
  const q = arenaAlloc(bytes); // gradient of the quadratic at u
  const face = arenaAlloc((<usize>m) << 2);
  const step = arenaAlloc(bytes);
  const full = arenaAlloc(bytes);
  const change = arenaAlloc(bytes);
  const L = arenaAlloc(bytes * <usize>m);
  memory.copy(q, g, bytes);
  memory.copy(u, w, bytes);
  const enough = forcing * worst(m, H, q, u, weight);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < SWEEPS; i++) {
      if (sweep(m, H, weight, u, q) <= enough) break;
    }
    if (worst(m, H, q, u, weight) <= enough) break;
    const size = faceOf(m, u, weight, pinned, face);
    if (!faceStep(m, H, size, face, q, u, weight, L, step)) continue;
    spread(m, size, face, step, full);
    // The whole step where it descends, with zeros for changed signs; else as far as the first sign change.
    const reach = clip(m, u, full, weight, full);
    if (!advance(m, H, full, q, u, weight, change)) {
      spread(m, size, face, step, full);
      shorten(m, u, full, weight, reach, full);
      advance(m, H, full, q, u, weight, change);
    }
  }
  arenaRelease(mark);
}

// One pass over the coordinates, each set to its own minimum; returns the largest change times sqrt(H_cc).
function sweep(m: i32, H: usize, weight: usize, u: usize, q: usize): f64 {
  let largest: f64 = 0;
  for (let c = 0; c < m; c++) {
    const at = (<usize>c) << 3;
    const row = H + <usize>m * at;
    const bend = load<f64>(row + at);
    if (!(bend > 0)) continue;
    const old = load<f64>(u + at);
    const free = old - load<f64>(q + at) / bend;
    const shrink = load<f64>(weight + at) / bend;
    const now: f64 = free > shrink ? free - shrink : free < -shrink ? free + shrink : 0;
    const moved = now - old;
    if (moved === 0) continue;
    axpy(moved, row, q, m);
    store<f64>(u + at, now);
    largest = max(largest, abs(moved) * Math.sqrt(bend));
  }
  return largest;
}

// The largest entry of the smallest subgradient, each over sqrt(H_cc).
function worst(m: i32, H: usize, q: usize, u: usize, weight: usize): f64 {
  let largest: f64 = 0;
  for (let c = 0; c < m; c++) {
    const at = (<usize>c) << 3;
    const bend = load<f64>(H + <usize>(m + 1) * at);
    if (!(bend > 0)) continue;
    const v = subgradient(load<f64>(q + at), load<f64>(u + at), load<f64>(weight + at));
    largest = max(largest, abs(v) / Math.sqrt(bend));
  }
  return largest;
}

// The coordinates that are not zero or not penalized.
function faceOf(m: i32, u: usize, weight: usize, pinned: i32, face: usize): i32 {
  let size = 0;
  for (let c = 0; c < m; c++) {
    const at = (<usize>c) << 3;
    if (c === pinned || (load<f64>(u + at) === 0 && load<f64>(weight + at) > 0)) continue;
    store<i32>(face + ((<usize>size) << 2), c);
    size++;
  }
  return size;
}

// step [size] = -(H on the face)^-1 (q + weight sign u); false when H is not positive definite there.
function faceStep(
  m: i32,
  H: usize,
  size: i32,
  face: usize,
  q: usize,
  u: usize,
  weight: usize,
  L: usize,
  step: usize,
): bool {
  for (let ridge = RIDGE; ridge <= 1; ridge *= 100) {
    for (let i = 0; i < size; i++) {
      const from = H + ((<usize>m * <usize>load<i32>(face + ((<usize>i) << 2))) << 3);
      const row = L + ((<usize>size * <usize>i) << 3);
      for (let j = 0; j <= i; j++) {
        const entry = load<f64>(from + ((<usize>load<i32>(face + ((<usize>j) << 2))) << 3));
        store<f64>(row + ((<usize>j) << 3), i === j ? entry + ridge * entry : entry);
      }
    }
    if (cholesky(size, L, size) !== 0) continue;
    for (let i = 0; i < size; i++) {
      const at = (<usize>load<i32>(face + ((<usize>i) << 2))) << 3;
      const v = subgradient(load<f64>(q + at), load<f64>(u + at), load<f64>(weight + at));
      store<f64>(step + ((<usize>i) << 3), -v);
    }
    choleskySolve(size, L, size, step);
    return true;
  }
  return false;
}

function spread(m: i32, size: i32, face: usize, step: usize, full: usize): void {
  memory.fill(full, 0, (<usize>m) << 3);
  for (let i = 0; i < size; i++) {
    const c = load<i32>(face + ((<usize>i) << 2));
    store<f64>(full + ((<usize>c) << 3), load<f64>(step + ((<usize>i) << 3)));
  }
}

// Ends the steps of penalized coordinates at zero where they would change sign; returns the part of the
// step at which the first does (1 when none does).
function clip(m: i32, u: usize, full: usize, weight: usize, clipped: usize): f64 {
  let reach: f64 = 1;
  for (let c = 0; c < m; c++) {
    const at = (<usize>c) << 3;
    const from = load<f64>(u + at);
    const by = load<f64>(full + at);
    const crosses = load<f64>(weight + at) > 0 && from * (from + by) < 0;
    if (crosses) reach = min(reach, -from / by);
    store<f64>(clipped + at, crosses ? -from : by);
  }
  return reach;
}

// The part `reach` of the step; the coordinate that reaches zero there gets exactly zero.
function shorten(m: i32, u: usize, full: usize, weight: usize, reach: f64, short: usize): void {
  for (let c = 0; c < m; c++) {
    const at = (<usize>c) << 3;
    const from = load<f64>(u + at);
    const by = load<f64>(full + at);
    const lands = load<f64>(weight + at) > 0 && from * (from + by) < 0 && -from / by <= reach;
    store<f64>(short + at, lands ? -from : reach * by);
  }
}

// u += full if phi falls; then q follows. Returns whether it did.
function advance(m: i32, H: usize, full: usize, q: usize, u: usize, weight: usize, change: usize): bool {
  gemv(H, m, m, m, full, change);
  let penalty: f64 = 0;
  for (let c = 0; c < m; c++) {
    const at = (<usize>c) << 3;
    const from = load<f64>(u + at);
    penalty += load<f64>(weight + at) * (abs(from + load<f64>(full + at)) - abs(from));
  }
  if (!(dot(q, full, m) + 0.5 * dot(full, change, m) + penalty < 0)) return false;
  axpy(1, full, u, m);
  axpy(1, change, q, m);
  return true;
}
