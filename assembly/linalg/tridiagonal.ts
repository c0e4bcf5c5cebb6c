import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { axpy, dot } from "./dot";
import { gemv } from "./gemv";
import { at, nth } from "./product";

// The two steps of `symmetricEigen`, for matrices whose largest entry lies in [1, 2).

/** What is this small beside 1 is taken as 0; its square would be inexact. */
const NEGLIGIBLE: f64 = 1e-140;
const EPSILON: f64 = 2.220446049250313e-16;
const MAX_SWEEPS: i32 = 60;

// A = M^T T M with T tridiagonal, by Householder reflections H_k = I - beta v v^T that clear column k below its
// subdiagonal; M = H_(n-3) ... H_1 H_0.
// In:   A [n, n] symmetric, both triangles
// Out:  d [n] and e [n - 1], T's diagonal and subdiagonal (e has room for n); M in A
export function tridiagonalize(n: i32, A: usize, lda: i32, d: usize, e: usize): void {
  const mark = arenaMark();
  const p = arenaAlloc((<usize>n) << 3);
  // Row k keeps v right of the diagonal and beta on it, until M needs the place.
  for (let k = 0; k < n - 2; k++) {
    const v = at(A, lda, k, k + 1);
    const m = n - 1 - k;
    store<f64>(nth(d, k), load<f64>(at(A, lda, k, k)));
    const beta = reflector(m, v, nth(e, k));
    store<f64>(at(A, lda, k, k), beta);
    if (beta !== 0) reflect(m, beta, v, at(A, lda, k + 1, k + 1), lda, p);
  }
  for (let k = max(n - 2, 0); k < n; k++) store<f64>(nth(d, k), load<f64>(at(A, lda, k, k)));
  if (n > 1) store<f64>(nth(e, n - 2), load<f64>(at(A, lda, n - 2, n - 1)));
  for (let k = n - 1; k >= 0; k--) {
    const beta = load<f64>(at(A, lda, k, k));
    const m = n - 1 - k;
    if (k < n - 2 && beta !== 0) {
      const v = at(A, lda, k, k + 1);
      gemv(at(A, lda, k + 1, k + 1), lda, m, m, v, p);
      for (let i = 0; i < m; i++) axpy(-beta * load<f64>(nth(p, i)), v, at(A, lda, k + 1 + i, k + 1), m);
    }
    memory.fill(at(A, lda, k, k), 0, (<usize>(m + 1)) << 3);
    for (let i = k + 1; i < n; i++) store<f64>(at(A, lda, i, k), 0);
    store<f64>(at(A, lda, k, k), 1);
  }
  arenaRelease(mark);
}

// Overwrites x [m] by v and returns beta, such that (I - beta v v^T) x = (first, 0, ..., 0).
function reflector(m: i32, x: usize, first: usize): f64 {
  const x0 = load<f64>(x);
  const rest = dot(x + 8, x + 8, m - 1);
  if (rest < NEGLIGIBLE * NEGLIGIBLE) {
    store<f64>(first, x0);
    return 0;
  }
  const norm = sqrt<f64>(x0 * x0 + rest);
  // The sign that adds up, so that nothing cancels.
  const v0 = x0 < 0 ? x0 - norm : x0 + norm;
  store<f64>(first, x0 < 0 ? norm : -norm);
  store<f64>(x, v0);
  return 2.0 / (v0 * v0 + rest);
}

// A <- (I - beta v v^T) A (I - beta v v^T) = A - v q^T - q v^T, q = p - (beta p^T v / 2) v, p = beta A v.
function reflect(m: i32, beta: f64, v: usize, A: usize, lda: i32, p: usize): void {
  gemv(A, lda, m, m, v, p);
  const half = 0.5 * beta * dot(p, v, m);
  for (let i = 0; i < m; i++) {
    store<f64>(nth(p, i), beta * (load<f64>(nth(p, i)) - half * load<f64>(nth(v, i))));
  }
  for (let i = 0; i < m; i++) {
    axpy(-load<f64>(nth(v, i)), p, at(A, lda, i, 0), m);
    axpy(-load<f64>(nth(p, i)), v, at(A, lda, i, 0), m);
  }
}

// Diagonalizes T by QL sweeps of rotations with Wilkinson's shift, and applies the rotations to the rows of M.
// In:   d [n], e [n - 1] of T, M [n, n]
// Out:  0, d the eigenvalues in no order, row k of M the eigenvector of d_k; or k + 1 for the eigenvalue that
//       is not found in MAX_SWEEPS
export function diagonalize(n: i32, d: usize, e: usize, M: usize, ldm: i32): i32 {
  for (let k = 0; k < n - 1; k++) {
    let sweeps = 0;
    for (let last = blockEnd(k, n, d, e); last > k; last = blockEnd(k, n, d, e)) {
      if (sweeps++ === MAX_SWEEPS) return k + 1;
      sweep(k, last, n, d, e, M, ldm);
    }
  }
  return 0;
}

/** The end of the unreduced block that begins at k: the first subdiagonal that is negligible comes after it. */
function blockEnd(k: i32, n: i32, d: usize, e: usize): i32 {
  for (; k < n - 1; k++) {
    const off = abs(load<f64>(nth(e, k)));
    const beside = abs(load<f64>(nth(d, k))) + abs(load<f64>(nth(d, k + 1)));
    if (off <= EPSILON * beside || off < NEGLIGIBLE) break;
  }
  return k;
}

// One implicit QL sweep of the block k ... last: a bulge is chased from its bottom to its top.
function sweep(k: i32, last: i32, n: i32, d: usize, e: usize, M: usize, ldm: i32): void {
  const dk = load<f64>(nth(d, k));
  const ek = load<f64>(nth(e, k));
  const ratio = (load<f64>(nth(d, k + 1)) - dk) / (2.0 * ek);
  const root = sqrt<f64>(ratio * ratio + 1.0);
  // The eigenvalue of the top 2 x 2 block that is nearer to d_k.
  const shift = dk - ek / (ratio < 0 ? ratio - root : ratio + root);
  let g = load<f64>(nth(d, last)) - shift;
  store<f64>(nth(e, last), 0);
  let c: f64 = 1;
  let s: f64 = 1;
  let moved: f64 = 0;
  for (let i = last - 1; i >= k; i--) {
    const f = s * load<f64>(nth(e, i));
    const b = c * load<f64>(nth(e, i));
    const r = sqrt<f64>(f * f + g * g);
    if (r < NEGLIGIBLE) {
      // The block falls apart below row i + 1.
      store<f64>(nth(e, i + 1), 0);
      store<f64>(nth(d, i + 1), load<f64>(nth(d, i + 1)) - moved);
      return;
    }
    if (i + 1 < last) store<f64>(nth(e, i + 1), r);
    s = f / r;
    c = g / r;
    g = load<f64>(nth(d, i + 1)) - moved;
    const t = (load<f64>(nth(d, i)) - g) * s + 2.0 * c * b;
    moved = s * t;
    store<f64>(nth(d, i + 1), g + moved);
    g = c * t - b;
    rotate(n, at(M, ldm, i, 0), at(M, ldm, i + 1, 0), c, s);
  }
  store<f64>(nth(d, k), load<f64>(nth(d, k)) - moved);
  store<f64>(nth(e, k), g);
}

// (x, y) <- (c x - s y, s x + c y), rows [n].
function rotate(n: i32, x: usize, y: usize, c: f64, s: f64): void {
  const c2 = f64x2.splat(c);
  const s2 = f64x2.splat(s);
  const end = x + ((<usize>n) << 3);
  const end2 = x + ((<usize>(n & ~1)) << 3);
  while (x < end2) {
    const a = v128.load(x);
    const b = v128.load(y);
    v128.store(x, f64x2.sub(f64x2.mul(c2, a), f64x2.mul(s2, b)));
    v128.store(y, f64x2.add(f64x2.mul(s2, a), f64x2.mul(c2, b)));
    x += 16;
    y += 16;
  }
  if (x < end) {
    const a = load<f64>(x);
    const b = load<f64>(y);
    store<f64>(x, c * a - s * b);
    store<f64>(y, s * a + c * b);
  }
}
