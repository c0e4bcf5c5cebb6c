import { axpy, dot } from "../linalg/dot";
import { gemv, gemvT } from "../linalg/gemv";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { ridgeSolve } from "./ridge";

// Linear support vector classification with squared hinge loss, each class against the rest:
//   minimize over w   f(w) = |w|^2 / 2 + sum_i C_i max(0, 1 - y_i z_i)^2,   z = A'w,  y_i = +1 for the class, else -1
// where the constant term, if any, is the weight of a last column of A that is `scaling` throughout, penalized like the
// others. By Newton's method: on the samples inside the margin (y_i z_i < 1) f is a ridge regression of y with
// weights C_i, whose solution is tried, and the step to it halved until f falls enough. The function is
// quadratic in pieces, so the last step ends at the optimum itself.
// In:   X [n, d] row-major; codes i32 [n] of 0 .. k - 1, k >= 2; C [n] > 0; scaling > 0, or 0 for no constant term;
//       tolerance for the gradient's norm relative to the norms of the terms that cancel in it; maxIterations a class
// Out:  coef [K, d] and intercepts [K], K = 1 (for class 1) if k = 2, else k; steps i32 [K]; met i32 [K]
//       Returns 0, or 1 when the squares of X are not finite.
// Ref:  Keerthi & DeCoste (2005), A modified finite Newton method for fast solution of large scale linear SVMs.

const SUFFICIENT: f64 = 1e-4;
const HALVINGS: i32 = 40;
/** What rounding may do to f, relative to it. */
const NOISE: f64 = 1e-13;

let n: i32 = 0;
let N: i32 = 0;
let D: i32 = 0;
let A: usize = 0; // [D, N]
let y: usize = 0; // [N], 0 for the spare sample
let C: usize = 0; // [n]
let iterations: i32 = 0; // of the last `binary`

export function linearSvcFit(
  X: usize,
  rows: i32,
  d: i32,
  codes: usize,
  k: i32,
  bounds: usize,
  scaling: f64,
  tolerance: f64,
  maxIterations: i32,
  coef: usize,
  intercepts: usize,
  steps: usize,
  met: usize,
): i32 {
  const mark = arenaMark();
  n = rows;
  N = (n + 1) & ~1;
  D = scaling > 0 ? d + 1 : d;
  C = bounds;
  A = arenaAlloc((<usize>D * <usize>N) << 3);
  y = arenaAlloc((<usize>N) << 3);
  const w = arenaAlloc((<usize>D) << 3);
  memory.fill(A, 0, (<usize>D * <usize>N) << 3);
  memory.fill(y, 0, (<usize>N) << 3);
  for (let j = 0; j < D; j++) {
    for (let i = 0; i < n; i++) {
      const x = j < d ? load<f64>(X + ((<usize>i * <usize>d + <usize>j) << 3)) : scaling;
      store<f64>(A + ((<usize>j * <usize>N + <usize>i) << 3), x);
    }
  }
  const finite = dot(A, A, D * N) < Infinity;
  const K = !finite ? 0 : k === 2 ? 1 : k;
  for (let c = 0; c < K; c++) {
    for (let i: usize = 0; i < <usize>n; i++) {
      const own = load<i32>(codes + (i << 2)) === (k === 2 ? 1 : c);
      store<f64>(y + (i << 3), own ? 1 : -1);
    }
    const at = (<usize>c) << 2;
    store<i32>(met + at, binary(w, tolerance, maxIterations) ? 1 : 0);
    store<i32>(steps + at, iterations);
    memory.copy(coef + ((<usize>c * <usize>d) << 3), w, (<usize>d) << 3);
    store<f64>(intercepts + (at << 1), D > d ? scaling * load<f64>(w + ((<usize>d) << 3)) : 0);
  }
  arenaRelease(mark);
  return finite ? 0 : 1;
}

// The optimum w [D] of one class; returns whether the tolerance is met, or no descent is left but rounding.
function binary(w: usize, tolerance: f64, maxIterations: i32): bool {
  const mark = arenaMark();
  const bytes = (<usize>D) << 3;
  const direction = arenaAlloc(bytes);
  const z = arenaAlloc((<usize>N) << 3);
  const dz = arenaAlloc((<usize>N) << 3);
  const pull = arenaAlloc((<usize>N) << 3);
  const g = arenaAlloc(bytes);
  memory.fill(w, 0, bytes);
  memory.fill(z, 0, (<usize>N) << 3);
  let value = valueAt(z, 0, z, dot(w, w, D));
  let done = false;
  iterations = 0;
  for (;;) {
    // f'(w) = w - g, g = 2 sum over the margin of C_i (y_i - z_i) a_i; at the optimum both are equally long.
    for (let i: usize = 0; i < <usize>N; i++) store<f64>(pull + (i << 3), inside(z, i) ? forceOf(z, i) : 0);
    gemv(A, N, D, N, pull, g);
    const size = Math.sqrt(dot(w, w, D)) + Math.sqrt(dot(g, g, D));
    for (let at: usize = 0; at < bytes; at += 8) store<f64>(g + at, load<f64>(w + at) - load<f64>(g + at));
    done = Math.sqrt(dot(g, g, D)) <= tolerance * size;
    if (done || iterations === maxIterations) break;
    iterations++;
    marginSolve(z, direction);
    axpy(-1, w, direction, D);
    gemvT(A, N, D, N, direction, dz);
    const slope = dot(g, direction, D);
    const ww = dot(w, w, D);
    const wd = dot(w, direction, D);
    const dd = dot(direction, direction, D);
    let step: f64 = 1;
    let next = value;
    for (let halving = 0; halving < HALVINGS; halving++) {
      next = valueAt(z, step, dz, ww + step * (2 * wd + step * dd));
      if (next <= value + SUFFICIENT * step * slope) break;
      step *= 0.5;
    }
    if (!(next < value)) {
      done = -slope <= NOISE * value;
      break;
    }
    value = next;
    axpy(step, direction, w, D);
    gemvT(A, N, D, N, w, z);
  }
  arenaRelease(mark);
  return done;
}

// w [D] of the ridge regression on the margin of z; it need not have a sample.
function marginSolve(z: usize, w: usize): void {
  const mark = arenaMark();
  let m = 0;
  for (let i: usize = 0; i < <usize>n; i++) if (inside(z, i)) m++;
  const M = (m + 1) & ~1;
  const part = arenaAlloc((<usize>D * <usize>M) << 3);
  const t = arenaAlloc((<usize>M) << 3);
  memory.fill(part, 0, (<usize>D * <usize>M) << 3);
  memory.fill(t, 0, (<usize>M) << 3);
  let at: usize = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    if (!inside(z, i)) continue;
    const root = Math.sqrt(load<f64>(C + (i << 3)));
    store<f64>(t + at, root * load<f64>(y + (i << 3)));
    for (let j: usize = 0; j < <usize>D; j++) {
      const a = load<f64>(A + ((j * <usize>N + i) << 3));
      store<f64>(part + at + ((j * <usize>M) << 3), root * a);
    }
    at += 8;
  }
  ridgeSolve(part, D, m, M, t, 0, 0.5, w);
  arenaRelease(mark);
}

// f at scores z + step dz and squared norm `square` of the weights.
function valueAt(z: usize, step: f64, dz: usize, square: f64): f64 {
  let loss: f64 = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const at = i << 3;
    const lacking = 1 - load<f64>(y + at) * (load<f64>(z + at) + step * load<f64>(dz + at));
    if (lacking > 0) loss += load<f64>(C + at) * lacking * lacking;
  }
  return 0.5 * square + loss;
}

function inside(z: usize, i: usize): bool {
  return i < <usize>n && load<f64>(y + (i << 3)) * load<f64>(z + (i << 3)) < 1;
}

function forceOf(z: usize, i: usize): f64 {
  return 2 * load<f64>(C + (i << 3)) * (load<f64>(y + (i << 3)) - load<f64>(z + (i << 3)));
}
