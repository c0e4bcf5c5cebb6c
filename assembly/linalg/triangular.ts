import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { axpy, dot } from "./dot";
import { subtractNN, subtractNT, subtractTN } from "./gemm";
import { packColumns, packedBytes, packRows, unpackColumns, unpackRows } from "./pack";
import { at, nth } from "./product";

// Solves with a lower triangular matrix, in place.
// In:   L [n, n] row-major, row stride ldl >= n; only the lower triangle is read; its diagonal is not
//       checked (a zero there gives infinities). B's row stride ldb >= its columns. n, m >= 0
// Out:  b or B is overwritten by the solution and must not overlap L.
//       The solution x of L x = b satisfies (L + D) x = b with |D| <= n u |L|, u = 2^-53
// Ref:  Higham (2002), Accuracy and stability of numerical algorithms, theorem 8.5.

const LEAF: i32 = 16;

/** b <- L^-1 b, b [n]. */
export function trsv(n: i32, L: usize, ldl: i32, b: usize): void {
  for (let i = 0; i < n; i++) {
    const row = at(L, ldl, i, 0);
    const to = nth(b, i);
    store<f64>(to, (load<f64>(to) - dot(row, b, i)) / load<f64>(row + ((<usize>i) << 3)));
  }
}

/** b <- L^-T b, b [n]. */
export function trsvT(n: i32, L: usize, ldl: i32, b: usize): void {
  for (let i = n - 1; i >= 0; i--) {
    const row = at(L, ldl, i, 0);
    const to = nth(b, i);
    const x = load<f64>(to) / load<f64>(row + ((<usize>i) << 3));
    store<f64>(to, x);
    axpy(-x, row, b, i);
  }
}

/** B <- B L^-T, B [m, n]: every row b of B becomes L^-1 b. Bits of the plain loop over ascending columns. */
export function trsmRT(m: i32, n: i32, L: usize, ldl: i32, B: usize, ldb: i32): void {
  if (n <= LEAF) return leafRows(m, n, L, ldl, B, ldb, false);
  const h = half(n);
  trsmRT(m, h, L, ldl, B, ldb);
  subtractNT(m, n - h, h, B, ldb, at(L, ldl, h, 0), ldl, nth(B, h), ldb);
  trsmRT(m, n - h, at(L, ldl, h, h), ldl, nth(B, h), ldb);
}

/** B <- B L^-1, B [m, n]: every row b of B becomes L^-T b. */
export function trsmRN(m: i32, n: i32, L: usize, ldl: i32, B: usize, ldb: i32): void {
  if (n <= LEAF) return leafRows(m, n, L, ldl, B, ldb, true);
  const h = half(n);
  trsmRN(m, n - h, at(L, ldl, h, h), ldl, nth(B, h), ldb);
  subtractNN(m, h, n - h, nth(B, h), ldb, at(L, ldl, h, 0), ldl, B, ldb);
  trsmRN(m, h, L, ldl, B, ldb);
}

/** B <- L^-1 B, B [n, m]: every column. Bits of the plain loop over ascending rows. */
export function trsmLN(n: i32, m: i32, L: usize, ldl: i32, B: usize, ldb: i32): void {
  if (n <= LEAF) return leafColumns(n, m, L, ldl, B, ldb, false);
  const h = half(n);
  trsmLN(h, m, L, ldl, B, ldb);
  subtractNN(n - h, m, h, at(L, ldl, h, 0), ldl, B, ldb, at(B, ldb, h, 0), ldb);
  trsmLN(n - h, m, at(L, ldl, h, h), ldl, at(B, ldb, h, 0), ldb);
}

/** B <- L^-T B, B [n, m]: every column. */
export function trsmLT(n: i32, m: i32, L: usize, ldl: i32, B: usize, ldb: i32): void {
  if (n <= LEAF) return leafColumns(n, m, L, ldl, B, ldb, true);
  const h = half(n);
  trsmLT(n - h, m, at(L, ldl, h, h), ldl, at(B, ldb, h, 0), ldb);
  subtractTN(h, m, n - h, at(L, ldl, h, 0), ldl, at(B, ldb, h, 0), ldb, B, ldb);
  trsmLT(h, m, L, ldl, B, ldb);
}

/** Where the recursions split n > LEAF: near the middle, at a whole tile. */
export function half(n: i32): i32 {
  return ((n >> 1) + 3) & ~3;
}

// The leaves gather four right-hand sides side by side, so that rows and columns share two loops.

function leafRows(m: i32, n: i32, L: usize, ldl: i32, B: usize, ldb: i32, backward: bool): void {
  const mark = arenaMark();
  const panels = arenaAlloc(packedBytes(m, n));
  packRows(B, ldb, m, n, 1, panels);
  solvePanels(m, n, L, ldl, panels, backward);
  unpackRows(panels, B, ldb, m, n);
  arenaRelease(mark);
}

function leafColumns(n: i32, m: i32, L: usize, ldl: i32, B: usize, ldb: i32, backward: bool): void {
  const mark = arenaMark();
  const panels = arenaAlloc(packedBytes(m, n));
  packColumns(B, ldb, m, n, 1, panels);
  solvePanels(m, n, L, ldl, panels, backward);
  unpackColumns(panels, B, ldb, m, n);
  arenaRelease(mark);
}

function solvePanels(m: i32, n: i32, L: usize, ldl: i32, panels: usize, backward: bool): void {
  const bytes = (<usize>n) << 5;
  for (let r = 0; r < m; r += 4) {
    if (backward) solveBackward(n, L, ldl, panels);
    else solveForward(n, L, ldl, panels);
    panels += bytes;
  }
}

// x [n, 4] <- L^-1 x: as soon as a row is known, it leaves all later ones, whose updates are independent.
function solveForward(n: i32, L: usize, ldl: i32, x: usize): void {
  const stride = (<usize>ldl) << 3;
  const end = x + ((<usize>n) << 5);
  while (x < end) {
    const pivot = v128.load64_splat(L);
    const x0 = f64x2.div(v128.load(x), pivot);
    const x1 = f64x2.div(v128.load(x, 16), pivot);
    v128.store(x, x0);
    v128.store(x, x1, 16);
    let l = L;
    for (let y = x + 32; y < end; y += 32) {
      l += stride;
      const lv = v128.load64_splat(l);
      v128.store(y, f64x2.sub(v128.load(y), f64x2.mul(lv, x0)));
      v128.store(y, f64x2.sub(v128.load(y, 16), f64x2.mul(lv, x1)), 16);
    }
    x += 32;
    L += stride + 8;
  }
}

// x [n, 4] <- L^-T x, from the last row to the first.
function solveBackward(n: i32, L: usize, ldl: i32, x: usize): void {
  for (let i = n - 1; i >= 0; i--) {
    const row = at(L, ldl, i, 0);
    const from = x + ((<usize>i) << 5);
    const pivot = v128.load64_splat(row + ((<usize>i) << 3));
    const x0 = f64x2.div(v128.load(from), pivot);
    const x1 = f64x2.div(v128.load(from, 16), pivot);
    v128.store(from, x0);
    v128.store(from, x1, 16);
    let l = row;
    for (let y = x; y < from; y += 32) {
      const lv = v128.load64_splat(l);
      v128.store(y, f64x2.sub(v128.load(y), f64x2.mul(lv, x0)));
      v128.store(y, f64x2.sub(v128.load(y, 16), f64x2.mul(lv, x1)), 16);
      l += 8;
    }
  }
}
