import { cholesky, choleskySolve } from "../linalg/cholesky";
import { axpy } from "../linalg/dot";
import { gemv, gemvT } from "../linalg/gemv";
import { syrkNT, syrkTN } from "../linalg/syrk";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { pseudoSolve } from "./pseudo-inverse";

// Ridge regression: the w that minimizes |t - A'w|^2 + alpha |w|^2; for alpha = 0 the shortest of them.
//   d <= n:  (A A' + alpha I) w = A t
//   d > n:   w = A u,  (A'A + alpha I) u = t
// by Cholesky, rows and columns scaled to a diagonal of 1, and two steps of refinement with residuals taken from the
// table itself, which makes up for its having been squared. Where a pivot says that columns depend on each
// other (or nearly), singular values decide instead.
// In:   A [d, N] with row stride N >= n, t [N], G = A A' [d, d] or 0 (read only if d <= n), alpha >= 0
// Out:  w [d]
// Ref:  Bjorck (1987), Stability analysis of the method of seminormal equations.  Golden: test/vectors/regression.json

/** A pivot, relative to its column, that leaves refinement a factor of 1e-5 or so a step. */
const PIVOT: f64 = 1e-10;

export function ridgeSolve(A: usize, d: i32, n: i32, N: i32, t: usize, G: usize, alpha: f64, w: usize): void {
  const mark = arenaMark();
  const primal = d <= n;
  const p = primal ? d : n;
  const bytes = (<usize>p) << 3;
  const L = arenaAlloc(<usize>p * bytes);
  if (!primal) syrkTN(n, d, A, N, L, n);
  else if (G !== 0) memory.copy(L, G, <usize>p * bytes);
  else syrkNT(d, N, A, N, L, d);
  const scale = arenaAlloc(bytes);
  if (factor(L, p, alpha, scale)) refine(A, d, n, N, t, alpha, L, scale, w);
  else {
    const M = arenaAlloc((<usize>d * <usize>n) << 3);
    copyTable(A, d, n, N, primal, M);
    pseudoSolve(M, p, primal ? n : d, primal, t, alpha, w);
  }
  arenaRelease(mark);
}

// L L' = S (L + alpha I) S in place, S = diag(scale); an empty column gets pivot 1 and scale 0. Returns whether
// every pivot stands clear of rounding.
function factor(L: usize, p: i32, alpha: f64, scale: usize): bool {
  for (let i = 0; i < p; i++) {
    const at = (<usize>i) << 3;
    const entry = load<f64>(L + at * <usize>(p + 1)) + alpha;
    store<f64>(L + at * <usize>(p + 1), entry);
    store<f64>(scale + at, entry > 0 ? 1 / Math.sqrt(entry) : 0);
  }
  for (let i = 0; i < p; i++) {
    const row = L + ((<usize>p * <usize>i) << 3);
    const si = load<f64>(scale + ((<usize>i) << 3));
    for (let j: usize = 0; j < <usize>i; j++) {
      store<f64>(row + (j << 3), load<f64>(row + (j << 3)) * si * load<f64>(scale + (j << 3)));
    }
    store<f64>(row + ((<usize>i) << 3), 1);
  }
  if (cholesky(p, L, p) !== 0) return false;
  for (let i = 0; i < p; i++) {
    const pivot = load<f64>(L + ((<usize>i * <usize>(p + 1)) << 3));
    if (!(pivot * pivot > PIVOT)) return false;
  }
  return true;
}

// x (w, or u where d > n) from 0 by three corrections, each the solution for the residual of the one before.
function refine(A: usize, d: i32, n: i32, N: i32, t: usize, alpha: f64, L: usize, scale: usize, w: usize): void {
  const primal = d <= n;
  const p = primal ? d : n;
  const x = arenaAlloc((<usize>p) << 3);
  const by = arenaAlloc((<usize>p) << 3);
  const e = arenaAlloc((<usize>n) << 3);
  memory.fill(x, 0, (<usize>p) << 3);
  for (let step = 0; step < 3; step++) {
    if (primal) memory.copy(w, x, (<usize>d) << 3);
    else gemv(A, N, d, n, x, w);
    gemvT(A, N, d, n, w, e);
    for (let at: usize = 0; at < (<usize>n) << 3; at += 8) store<f64>(e + at, load<f64>(t + at) - load<f64>(e + at));
    if (primal) gemv(A, N, d, n, e, by);
    else memory.copy(by, e, (<usize>n) << 3);
    axpy(-alpha, x, by, p);
    scaled(by, scale, p);
    choleskySolve(p, L, p, by);
    scaled(by, scale, p);
    axpy(1, by, x, p);
  }
  if (primal) memory.copy(w, x, (<usize>d) << 3);
  else gemv(A, N, d, n, x, w);
}

function scaled(x: usize, scale: usize, p: i32): void {
  for (let at: usize = 0; at < (<usize>p) << 3; at += 8) store<f64>(x + at, load<f64>(x + at) * load<f64>(scale + at));
}

// M [d, n], or its transpose [n, d].
function copyTable(A: usize, d: i32, n: i32, N: i32, straight: bool, M: usize): void {
  for (let j = 0; j < d; j++) {
    for (let i = 0; i < n; i++) {
      const to = straight ? <usize>j * <usize>n + <usize>i : <usize>i * <usize>d + <usize>j;
      store<f64>(M + (to << 3), load<f64>(A + ((<usize>j * <usize>N + <usize>i) << 3)));
    }
  }
}
