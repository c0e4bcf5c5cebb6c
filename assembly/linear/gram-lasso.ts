import { gemv } from "../linalg/gemv";
import { dot } from "../linalg/dot";
import { clip, shorten } from "../logistic/face";
import { advance, faceStep, sweep } from "../logistic/lasso";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";

// The lasso and the elastic net, from inner products: the u that minimizes
//   |t - A'u|^2 / 2 + l1 |u|_1 + l2 |u|^2 / 2
// Sweeps of coordinate descent find which coefficients are zero and the signs of the others; Newton's step on
// those (a Cholesky solve) finds their values. Both descend, and they take turns until the duality gap is small.
// In:   H = A A' + l2 I [m, m], b = A t [m], square = t't, l1 > 0, u [m] to start from; enough >= 0, the gap
//       that is small; maxSweeps >= 0
// Out:  u; returns the sweeps made; `gap` at u, which bounds how far the objective is above the optimum
// Ref:  Friedman, Hastie & Tibshirani (2010), Regularization paths for generalized linear models via coordinate
//       descent (covariance updates); Kim, Koh, Lustig, Boyd & Gorinevsky (2007), An interior-point method for
//       large-scale l1-regularized least squares (the gap).  Golden: test/vectors/regression.json

const SWEEPS: i32 = 10;
/** Rounds in a row without a smaller gap, after which rounding hides any further descent. */
const PATIENCE: i32 = 5;

export let gap: f64 = 0;

export function gramLasso(
  m: i32,
  H: usize,
  b: usize,
  square: f64,
  l1: f64,
  enough: f64,
  maxSweeps: i32,
  u: usize,
): i32 {
  const mark = arenaMark();
  const bytes = (<usize>m) << 3;
  const q = arenaAlloc(bytes);
  const weight = arenaAlloc(bytes);
  const face = arenaAlloc((<usize>m) << 2);
  const step = arenaAlloc(bytes);
  const trial = arenaAlloc(bytes);
  const change = arenaAlloc(bytes);
  const L = arenaAlloc(bytes * <usize>m);
  for (let at: usize = 0; at < bytes; at += 8) store<f64>(weight + at, l1);
  let sweeps = 0;
  let best: f64 = Infinity;
  for (let idle = 0; ; ) {
    gemv(H, m, m, m, u, q);
    for (let at: usize = 0; at < bytes; at += 8) store<f64>(q + at, load<f64>(q + at) - load<f64>(b + at));
    // |e|^2 + l2 |u|^2 = t't - b'u + q'u; no digit of it but the first ones matters.
    gap = gapOf(m, q, u, max(0, square - dot(b, u, m) + dot(q, u, m)), l1);
    idle = gap < best ? 0 : idle + 1;
    best = min(best, gap);
    // A NaN ends it too.
    if (!(gap > enough) || idle === PATIENCE || sweeps >= maxSweeps) break;
    for (let i = 0; i < SWEEPS && sweeps < maxSweeps; i++) {
      const moved = sweep(m, H, weight, u, q);
      sweeps++;
      if (moved * moved <= 0.1 * enough) break;
    }
    if (!faceStep(m, H, -1, q, u, weight, face, L, step)) continue;
    const reach = clip(m, u, step, weight, trial);
    if (advance(m, H, trial, q, u, weight, change)) continue;
    shorten(m, u, step, weight, reach, trial);
    advance(m, H, trial, q, u, weight, change);
  }
  arenaRelease(mark);
  return sweeps;
}

// The duality gap at u, in a form without cancellation: with the residuals scaled by c <= 1 until they are feasible,
//   (1 - c)^2 energy / 2 + sum_j (l1 |u_j| + c u_j q_j),  energy = |e|^2 + l2 |u|^2
// In:   q [m] = -A e + l2 u, all columns of the problem
export function gapOf(m: i32, q: usize, u: usize, energy: f64, l1: f64): f64 {
  let steepest: f64 = 0;
  for (let at: usize = 0; at < (<usize>m) << 3; at += 8) steepest = max(steepest, abs(load<f64>(q + at)));
  const c = steepest > l1 ? l1 / steepest : 1;
  const lacking = steepest > l1 ? (steepest - l1) / steepest : 0;
  let sum = 0.5 * lacking * lacking * energy;
  for (let at: usize = 0; at < (<usize>m) << 3; at += 8) {
    const v = load<f64>(u + at);
    sum += l1 * abs(v) + c * v * load<f64>(q + at);
  }
  return sum;
}
