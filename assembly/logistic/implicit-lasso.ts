import { axpy, dot } from "../linalg/dot";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { curvature, curvatureWeights } from "./curvature";
import { clip, distance, minimum, onFace, penaltyChange, shorten } from "./face";
import { subgradient } from "./optimality";
import { A, C, D, intercept, K, l1, l2, N, omega, penalized, samplesBytes, weightsBytes } from "./problem";
import { pullBack, scoresOf } from "./scores";

// A proximal step over all coordinates (phi of face.ts, m = K D), for problems with too many of them for the matrix:
// H enters by its products. As in lasso.ts coordinate descent and Newton's steps on the face take turns, these
// by conjugate gradients preconditioned with the diagonal.
// In:   W [K, D], G [K, D], R [K, N], P [K, N]; forcing as in lasso.ts
// Out:  S [K, D] = u - W
// Ref:  Yuan, Ho & Lin (2012), An improved GLMNET for L1-regularized logistic regression, for the sweeps;
//       Nocedal & Wright (2006), algorithm 7.1, for the conjugate gradients.

const SWEEPS: i32 = 5;
const ROUNDS: i32 = 20;
const LIMIT: i32 = 100;
const FACE_FORCING: f64 = 0.1;

export function implicitLasso(W: usize, G: usize, R: usize, P: usize, forcing: f64, S: usize): void {
  const mark = arenaMark();
  const m = K * D;
  const bytes = weightsBytes();
  const u = arenaAlloc(bytes);
  const q = arenaAlloc(bytes);
  const weight = arenaAlloc(bytes);
  const diagonal = arenaAlloc(bytes);
  const step = arenaAlloc(bytes);
  const trial = arenaAlloc(bytes);
  const change = arenaAlloc(bytes);
  const V = arenaAlloc(samplesBytes());
  const mean = arenaAlloc((<usize>N) << 3);
  const scratch = arenaAlloc(samplesBytes());
  const p = penalized();
  for (let c = 0; c < m; c++) store<f64>(weight + ((<usize>c) << 3), c % D < p ? l1 : 0);
  diagonalOf(R, mean, scratch, diagonal);
  memory.copy(u, W, bytes);
  memory.copy(q, G, bytes);
  memory.fill(S, 0, bytes);
  // With several scores, adding the same number to all intercepts changes nothing: one of them stays.
  const pinned = intercept && K > 1 ? m - 1 : -1;
  const enough = forcing * distance(m, diagonal, q, u, weight);
  for (let round = 0; round < ROUNDS; round++) {
    scoresOf(S, V);
    meanOf(V, P, mean);
    for (let i = 0; i < SWEEPS; i++) {
      if (sweep(W, G, P, V, mean, diagonal, weight, u) <= enough) break;
    }
    for (let at: usize = 0; at < bytes; at += 8) store<f64>(S + at, load<f64>(u + at) - load<f64>(W + at));
    product(S, P, scratch, q);
    axpy(1, G, q, m);
    if (distance(m, diagonal, q, u, weight) <= enough) break;
    faceStep(P, pinned, diagonal, q, u, weight, scratch, step);
    const reach = clip(m, u, step, weight, trial);
    if (!advance(P, scratch, trial, q, u, weight, change)) {
      shorten(m, u, step, weight, reach, trial);
      advance(P, scratch, trial, q, u, weight, change);
    }
    for (let at: usize = 0; at < bytes; at += 8) store<f64>(S + at, load<f64>(u + at) - load<f64>(W + at));
  }
  arenaRelease(mark);
}

// h = H s.
function product(s: usize, P: usize, scratch: usize, h: usize): void {
  scoresOf(s, scratch);
  curvature(scratch, P, scratch);
  pullBack(scratch, s, h);
}

// diagonal_kj = C sum_i omega_i s_kki a_ji^2 + l2
function diagonalOf(R: usize, weights: usize, scratch: usize, diagonal: usize): void {
  const p = penalized();
  for (let k = 0; k < K; k++) {
    curvatureWeights(R + ((<usize>k * <usize>N) << 3), weights);
    for (let j = 0; j < D; j++) {
      const a = A + ((<usize>j * <usize>N) << 3);
      for (let at: usize = 0; at < (<usize>N) << 3; at += 16) {
        v128.store(scratch + at, f64x2.mul(v128.load(weights + at), v128.load(a + at)));
      }
      store<f64>(diagonal + ((<usize>(k * D + j)) << 3), C * dot(a, scratch, N) + (j < p ? l2 : 0));
    }
  }
}

// mean_i = sum_l p_li v_li; 0 when there is one score.
function meanOf(V: usize, P: usize, mean: usize): void {
  const stride = (<usize>N) << 3;
  memory.fill(mean, 0, stride);
  if (K === 1) return;
  for (let k = 0; k < K; k++) {
    const row = <usize>k * stride;
    for (let at: usize = 0; at < stride; at += 16) {
      const term = f64x2.mul(v128.load(P + row + at), v128.load(V + row + at));
      v128.store(mean + at, f64x2.add(v128.load(mean + at), term));
    }
  }
}

// One pass over the coordinates that are not zero or should not be at W, each set to its own minimum.
// V = scores of u - W and their mean follow. Returns the largest change times sqrt(diagonal).
function sweep(W: usize, G: usize, P: usize, V: usize, mean: usize, diagonal: usize, weight: usize, u: usize): f64 {
  let largest: f64 = 0;
  for (let k = 0; k < K; k++) {
    const row = (<usize>k * <usize>N) << 3;
    for (let j = 0; j < D; j++) {
      const at = (<usize>(k * D + j)) << 3;
      const bend = load<f64>(diagonal + at);
      const penalty = load<f64>(weight + at);
      const old = load<f64>(u + at);
      const g = load<f64>(G + at);
      if (!(bend > 0) || (old === 0 && subgradient(g, load<f64>(W + at), penalty) === 0)) continue;
      const a = A + ((<usize>j * <usize>N) << 3);
      const ridge = penalty > 0 ? l2 * (old - load<f64>(W + at)) : 0;
      const slope = g + C * curved(a, P + row, V + row, mean) + ridge;
      const now = minimum(old, slope, bend, penalty);
      if (now === old) continue;
      store<f64>(u + at, now);
      axpy(now - old, a, V + row, N);
      if (K > 1) follow(now - old, a, P + row, mean);
      largest = max(largest, abs(now - old) * Math.sqrt(bend));
    }
  }
  return largest;
}

// sum_i omega_i a_i p_i (v_i - mean_i)
function curved(a: usize, p: usize, v: usize, mean: usize): f64 {
  let sum = f64x2.splat(0);
  for (let at: usize = 0; at < (<usize>N) << 3; at += 16) {
    const share = f64x2.mul(v128.load(omega + at), v128.load(p + at));
    const bent = f64x2.mul(share, f64x2.sub(v128.load(v + at), v128.load(mean + at)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(a + at), bent));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

// mean_i += by p_i a_i
function follow(by: f64, a: usize, p: usize, mean: usize): void {
  const factor = f64x2.splat(by);
  for (let at: usize = 0; at < (<usize>N) << 3; at += 16) {
    const term = f64x2.mul(factor, f64x2.mul(v128.load(p + at), v128.load(a + at)));
    v128.store(mean + at, f64x2.add(v128.load(mean + at), term));
  }
}

// step ~ -(H on the face)^-1 (q + weight sign u) on the face, else 0.
function faceStep(
  P: usize,
  pinned: i32,
  diagonal: usize,
  q: usize,
  u: usize,
  weight: usize,
  scratch: usize,
  step: usize,
): void {
  const mark = arenaMark();
  const m = K * D;
  const bytes = weightsBytes();
  const r = arenaAlloc(bytes);
  const z = arenaAlloc(bytes);
  const d = arenaAlloc(bytes);
  const h = arenaAlloc(bytes);
  memory.fill(step, 0, bytes);
  for (let at: usize = 0; at < bytes; at += 8) {
    store<f64>(r + at, -subgradient(load<f64>(q + at), load<f64>(u + at), load<f64>(weight + at)));
  }
  preconditioned(pinned, diagonal, u, weight, r, z);
  memory.copy(d, z, bytes);
  let rz = dot(r, z, m);
  const enough = FACE_FORCING * FACE_FORCING * rz;
  for (let i = 0; i < LIMIT && rz > enough; i++) {
    product(d, P, scratch, h);
    const bend = dot(d, h, m);
    if (!(bend > 0)) break;
    axpy(rz / bend, d, step, m);
    axpy(-rz / bend, h, r, m);
    preconditioned(pinned, diagonal, u, weight, r, z);
    const next = dot(r, z, m);
    const beta = next / rz;
    for (let at: usize = 0; at < bytes; at += 8) store<f64>(d + at, load<f64>(z + at) + beta * load<f64>(d + at));
    rz = next;
  }
  arenaRelease(mark);
}

// z = r / diagonal on the face, else 0.
function preconditioned(pinned: i32, diagonal: usize, u: usize, weight: usize, r: usize, z: usize): void {
  for (let c = 0; c < K * D; c++) {
    const at = (<usize>c) << 3;
    const bend = load<f64>(diagonal + at);
    store<f64>(z + at, bend > 0 && onFace(c, pinned, u, weight) ? load<f64>(r + at) / bend : 0);
  }
}

// u += step if phi falls; then q follows. Returns whether it did.
function advance(P: usize, scratch: usize, step: usize, q: usize, u: usize, weight: usize, change: usize): bool {
  const m = K * D;
  product(step, P, scratch, change);
  const fall = dot(q, step, m) + 0.5 * dot(step, change, m) + penaltyChange(m, u, step, weight);
  if (!(fall < 0)) return false;
  axpy(1, step, u, m);
  axpy(1, change, q, m);
  return true;
}
