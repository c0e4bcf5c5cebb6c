import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { packColumns, packedBytes, packRows } from "./pack";
import { tileEdge, tileFull } from "./tile";

// Matrix products C = op(A) op(B), all row-major, strides in elements.
// In:   C [m, n]; the summation index runs over k; m, n, k >= 0 (k = 0 gives zeros)
//       NT: A [m, k], B [n, k];  NN: A [m, k], B [k, n];  TN: A [k, m], B [k, n]
// Out:  C is overwritten and must not overlap A or B.
//       C_ij = ((a_0 b_0 + a_1 b_1) + a_2 b_2) + ..., in the order of the index: the bits of the plain
//       triple loop, whatever the sizes; |error| <= k u sum_p |a_p b_p|, u = 2^-53
// Ref:  Goto & van de Geijn (2008), Anatomy of high-performance matrix multiplication.

// Blocks: a panel pair of depth K_BLOCK (16 KiB) stays in the first cache, an A block in the second.
const K_BLOCK: i32 = 256;
const M_BLOCK: i32 = 96;
const N_BLOCK: i32 = 1024;

export function gemmNT(m: i32, n: i32, k: i32, A: usize, lda: i32, B: usize, ldb: i32, C: usize, ldc: i32): void {
  product(m, n, k, A, lda, false, B, ldb, true, C, ldc, 1, false);
}

export function gemmNN(m: i32, n: i32, k: i32, A: usize, lda: i32, B: usize, ldb: i32, C: usize, ldc: i32): void {
  product(m, n, k, A, lda, false, B, ldb, false, C, ldc, 1, false);
}

export function gemmTN(m: i32, n: i32, k: i32, A: usize, lda: i32, B: usize, ldb: i32, C: usize, ldc: i32): void {
  product(m, n, k, A, lda, true, B, ldb, false, C, ldc, 1, false);
}

function product(
  m: i32,
  n: i32,
  k: i32,
  A: usize,
  lda: i32,
  transposeA: bool,
  B: usize,
  ldb: i32,
  transposeB: bool,
  C: usize,
  ldc: i32,
  sign: f64,
  accumulate: bool,
): void {
  if (k === 0 && !accumulate) {
    for (let i = 0; i < m; i++) memory.fill(at(C, ldc, i, 0), 0, (<usize>n) << 3);
  }
  const mark = arenaMark();
  const panelsA = arenaAlloc(packedBytes(min(m, M_BLOCK), min(k, K_BLOCK)));
  const panelsB = arenaAlloc(packedBytes(min(n, N_BLOCK), min(k, K_BLOCK)));
  for (let j = 0; j < n; j += N_BLOCK) {
    const nb = min(n - j, N_BLOCK);
    for (let p = 0; p < k; p += K_BLOCK) {
      const kb = min(k - p, K_BLOCK);
      if (transposeB) packRows(at(B, ldb, j, p), ldb, nb, kb, 1, panelsB);
      else packColumns(at(B, ldb, p, j), ldb, nb, kb, 1, panelsB);
      for (let i = 0; i < m; i += M_BLOCK) {
        const mb = min(m - i, M_BLOCK);
        if (transposeA) packColumns(at(A, lda, p, i), lda, mb, kb, sign, panelsA);
        else packRows(at(A, lda, i, p), lda, mb, kb, sign, panelsA);
        block(mb, nb, kb, panelsA, panelsB, at(C, ldc, i, j), ldc, accumulate || p > 0);
      }
    }
  }
  arenaRelease(mark);
}

// C[m, n] (+)= panels A times panels B, tile by tile.
function block(m: i32, n: i32, k: i32, A: usize, B: usize, C: usize, ldc: i32, accumulate: bool): void {
  const panel = (<usize>k) << 5;
  for (let j = 0; j < n; j += 4) {
    let a = A;
    for (let i = 0; i < m; i += 4) {
      const tile = at(C, ldc, i, j);
      if (i + 4 <= m && j + 4 <= n) tileFull(k, a, B, tile, ldc, accumulate);
      else tileEdge(min(m - i, 4), min(n - j, 4), k, a, B, tile, ldc, accumulate);
      a += panel;
    }
    B += panel;
  }
}

function at(X: usize, ldx: i32, i: i32, j: i32): usize {
  return X + ((<usize>ldx * <usize>i + <usize>j) << 3);
}
