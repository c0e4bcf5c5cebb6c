import { cholesky, choleskySolve } from "../linalg/cholesky";
import { axpy, dot } from "../linalg/dot";
import { gemv } from "../linalg/gemv";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { clip, distance, minimum, onFace, penaltyChange, shorten } from "./face";
import { subgradient } from "./optimality";

// A quadratic with an L1 penalty (phi of face.ts) whose matrix is at hand. Sweeps of coordinate descent find which
// coordinates are zero, and the signs of the others; Newton's step on the face (a Cholesky solve) then finds
// the values, which coordinate descent alone would approach very slowly when the columns are correlated. Both
// descend, and they take turns.
// In:   H [m, m] symmetric, positive semidefinite; g, w, weight [m]; pinned: a coordinate that Newton's step
//       leaves alone (-1: none), for problems that do not change along one direction without penalty;
//       forcing in (0, 1): the distance from the optimum is to fall to so much of what it is at w
// Out:  u [m]
// Ref:  Yuan, Ho & Lin (2012), An improved GLMNET for L1-regularized logistic regression, for the sweeps.

const SWEEPS: i32 = 10;
const ROUNDS: i32 = 100;
const RIDGE: f64 = 1e-12;

export function lasso(m: i32, H: usize, g: usize, w: usize, weight: usize, pinned: i32, forcing: f64, u: usize): void {
  const mark = arenaMark();
  const bytes = (<usize>m) << 3;
  const q = arenaAlloc(bytes);
  const diagonal = arenaAlloc(bytes);
  const face = arenaAlloc((<usize>m) << 2);
  const step = arenaAlloc(bytes);
  const trial = arenaAlloc(bytes);
  const change = arenaAlloc(bytes);
  const L = arenaAlloc(bytes * <usize>m);
  for (let at: usize = 0; at < bytes; at += 8) store<f64>(diagonal + at, load<f64>(H + <usize>(m + 1) * at));
  memory.copy(q, g, bytes);
  memory.copy(u, w, bytes);
  const enough = forcing * distance(m, diagonal, q, u, weight);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < SWEEPS; i++) {
      if (sweep(m, H, weight, u, q) <= enough) break;
    }
    if (distance(m, diagonal, q, u, weight) <= enough) break;
    if (!faceStep(m, H, pinned, q, u, weight, face, L, step)) continue;
    // The whole step where it descends, with zeros for changed signs; else as far as the first sign change.
    const reach = clip(m, u, step, weight, trial);
    if (advance(m, H, trial, q, u, weight, change)) continue;
    shorten(m, u, step, weight, reach, trial);
    advance(m, H, trial, q, u, weight, change);
  }
  arenaRelease(mark);
}

// One pass over the coordinates, each set to its own minimum; returns the largest change times sqrt(H_cc).
export function sweep(m: i32, H: usize, weight: usize, u: usize, q: usize): f64 {
  let largest: f64 = 0;
  for (let c = 0; c < m; c++) {
    const at = (<usize>c) << 3;
    const row = H + <usize>m * at;
    const bend = load<f64>(row + at);
    if (!(bend > 0)) continue;
    const old = load<f64>(u + at);
    const now = minimum(old, load<f64>(q + at), bend, load<f64>(weight + at));
    if (now === old) continue;
    axpy(now - old, row, q, m);
    store<f64>(u + at, now);
    largest = max(largest, abs(now - old) * Math.sqrt(bend));
  }
  return largest;
}

// step [m] = -(H on the face)^-1 (q + weight sign u) on the face, else 0; false when H is far from positive definite.
export function faceStep(
  m: i32,
  H: usize,
  pinned: i32,
  q: usize,
  u: usize,
  weight: usize,
  face: usize,
  L: usize,
  step: usize,
): bool {
  let size = 0;
  for (let c = 0; c < m; c++) {
    if (!onFace(c, pinned, u, weight)) continue;
    store<i32>(face + ((<usize>size) << 2), c);
    size++;
  }
  if (!factor(m, H, size, face, L)) return false;
  for (let i = 0; i < size; i++) {
    const at = (<usize>load<i32>(face + ((<usize>i) << 2))) << 3;
    const v = subgradient(load<f64>(q + at), load<f64>(u + at), load<f64>(weight + at));
    store<f64>(step + ((<usize>i) << 3), -v);
  }
  choleskySolve(size, L, size, step);
  // From the face's places to the coordinates', last first: no place is written before it is read.
  let i = size - 1;
  for (let c = m - 1; c >= 0; c--) {
    let value: f64 = 0;
    if (i >= 0 && load<i32>(face + ((<usize>i) << 2)) === c) {
      value = load<f64>(step + ((<usize>i) << 3));
      i--;
    }
    store<f64>(step + ((<usize>c) << 3), value);
  }
  return true;
}

// L L^T = H on the face, with as small a ridge as makes it positive definite.
function factor(m: i32, H: usize, size: i32, face: usize, L: usize): bool {
  for (let ridge = RIDGE; ridge <= 1; ridge *= 100) {
    for (let i = 0; i < size; i++) {
      const from = H + ((<usize>m * <usize>load<i32>(face + ((<usize>i) << 2))) << 3);
      const row = L + ((<usize>size * <usize>i) << 3);
      for (let j = 0; j <= i; j++) {
        const entry = load<f64>(from + ((<usize>load<i32>(face + ((<usize>j) << 2))) << 3));
        store<f64>(row + ((<usize>j) << 3), i === j ? entry + ridge * entry : entry);
      }
    }
    if (cholesky(size, L, size) === 0) return true;
  }
  return false;
}

// u += step if phi falls; then q follows. Returns whether it did.
export function advance(m: i32, H: usize, step: usize, q: usize, u: usize, weight: usize, change: usize): bool {
  gemv(H, m, m, m, step, change);
  const fall = dot(q, step, m) + 0.5 * dot(step, change, m) + penaltyChange(m, u, step, weight);
  if (!(fall < 0)) return false;
  axpy(1, step, u, m);
  axpy(1, change, q, m);
  return true;
}
