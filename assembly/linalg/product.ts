import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { packColumns, packedBytes, packRows } from "./pack";
import { tileEdge, tileFull } from "./tile";

// The blocked matrix product under gemm and syrk: C = op(A) op(B), or C -= op(A) op(B).
// In:   C [m, n] row-major, stride ldc; the summation index runs over k; m, n, k >= 0
//       A holds its m vectors of length k as rows [m, k], or, when `columnsA`, as columns [k, m];
//       B its n vectors as rows [n, k] or columns [k, n]
//       lower: compute only the 4 x 4 tiles that touch the lower triangle (i >= j); the entries above it
//       are then without meaning
// Out:  C, which must not overlap A or B.
//       C_ij = ((c + a_0 b_0) + a_1 b_1) + ..., c = 0, or -C_ij = ((-C_ij + a_0 b_0) + ...): the bits of
//       the plain loop over the index, whatever the sizes and blocks
// Ref:  Goto & van de Geijn (2008), Anatomy of high-performance matrix multiplication.

// A pair of panels of depth K_BLOCK (16 KiB) stays in the first cache, a block of A in the second.
const K_BLOCK: i32 = 256;
const M_BLOCK: i32 = 96;
const N_BLOCK: i32 = 1024;

export function product(
  m: i32,
  n: i32,
  k: i32,
  A: usize,
  lda: i32,
  columnsA: bool,
  B: usize,
  ldb: i32,
  columnsB: bool,
  C: usize,
  ldc: i32,
  subtract: bool,
  lower: bool,
): void {
  if (k === 0 && !subtract) {
    for (let i = 0; i < m; i++) memory.fill(at(C, ldc, i, 0), 0, (<usize>n) << 3);
  }
  const sign: f64 = subtract ? -1 : 1;
  const mark = arenaMark();
  const panelsA = arenaAlloc(packedBytes(min(m, M_BLOCK), min(k, K_BLOCK)));
  const panelsB = arenaAlloc(packedBytes(min(n, N_BLOCK), min(k, K_BLOCK)));
  for (let j = 0; j < n; j += N_BLOCK) {
    const nb = min(n - j, N_BLOCK);
    for (let p = 0; p < k; p += K_BLOCK) {
      const kb = min(k - p, K_BLOCK);
      if (columnsB) packColumns(at(B, ldb, p, j), ldb, nb, kb, 1, panelsB);
      else packRows(at(B, ldb, j, p), ldb, nb, kb, 1, panelsB);
      for (let i = lower ? j : 0; i < m; i += M_BLOCK) {
        const mb = min(m - i, M_BLOCK);
        if (columnsA) packColumns(at(A, lda, p, i), lda, mb, kb, sign, panelsA);
        else packRows(at(A, lda, i, p), lda, mb, kb, sign, panelsA);
        // Rows of the block lie i - j below its columns: a tile is skipped when its last row is above its first column.
        const below = lower ? i - j + 3 : i32.MAX_VALUE - M_BLOCK;
        tiles(mb, nb, kb, panelsA, panelsB, at(C, ldc, i, j), ldc, subtract || p > 0, below);
      }
    }
  }
  arenaRelease(mark);
}

// C[m, n] (+)= panels A times panels B, over the tiles (i, j) with j <= i + below.
function tiles(m: i32, n: i32, k: i32, A: usize, B: usize, C: usize, ldc: i32, accumulate: bool, below: i32): void {
  const panel = (<usize>k) << 5;
  for (let j = 0; j < n; j += 4) {
    let a = A;
    for (let i = 0; i < m; i += 4) {
      if (j <= i + below) {
        const tile = at(C, ldc, i, j);
        if (i + 4 <= m && j + 4 <= n) tileFull(k, a, B, tile, ldc, accumulate);
        else tileEdge(min(m - i, 4), min(n - j, 4), k, a, B, tile, ldc, accumulate);
      }
      a += panel;
    }
    B += panel;
  }
}

/** The address of element (i, j) of a row-major matrix of f64. */
export function at(X: usize, ldx: i32, i: i32, j: i32): usize {
  return X + ((<usize>ldx * <usize>i + <usize>j) << 3);
}

/** The address of element i of a vector of f64. */
export function nth(x: usize, i: i32): usize {
  return x + ((<usize>i) << 3);
}
