import { packColumns, packRows } from "./pack";
import { TILE_BYTES, tileRow } from "./tile";

/** Steps of a sum that are packed at once: a panel of eight columns is then 8 KiB. */
export const DEPTH: i32 = 256;
const WIDTH: i32 = 256;

/** Bytes of workspace for `matMul`. */
export function matMulScratch(n: i32, k: i32): i32 {
  const depth = min(k, DEPTH);
  return <i32>TILE_BYTES + depth * 16 + depth * ((min(n, WIDTH) + 7) & ~7) * 4;
}

// C = op(A) op(B), where op is the transposition or nothing.
// In:   A [m, k] or, with transposeA, [k, m];  B [k, n] or, with transposeB, [n, k];  row-major, k = 0 gives zeros
//       scratch: matMulScratch(n, k) bytes
// Out:  C [m, n], must not overlap A or B.
//       Each entry has the bits of the plain loop sum += a_p b_p over p = 0 .. k-1 in single precision.
export function matMul(
  m: i32,
  n: i32,
  k: i32,
  A: usize,
  transposeA: bool,
  B: usize,
  transposeB: bool,
  C: usize,
  scratch: usize,
): void {
  if (k == 0) memory.fill(C, 0, (<usize>(m * n)) << 2);
  const aRow = transposeA ? 1 : k;
  const aColumn = transposeA ? m : 1;
  const bRow = transposeB ? 1 : n;
  const bColumn = transposeB ? k : 1;
  matMulStrided(m, n, k, A, aRow, aColumn, B, bRow, bColumn, C, n, false, scratch);
}

// C = A B, or C += A B with `accumulate`, for parts of larger matrices.
// In:   A [m, k], whose neighbours in a column are aRow elements apart and in a row aColumn, one of them 1;  B [k, n] likewise;
//       k >= 1 unless it accumulates;  scratch: matMulScratch(n, k) bytes
// Out:  C [m, n], rows ldc elements apart, must not overlap A or B; each entry the plain loop's bits, from C on if it accumulates
export function matMulStrided(
  m: i32,
  n: i32,
  k: i32,
  A: usize,
  aRow: i32,
  aColumn: i32,
  B: usize,
  bRow: i32,
  bColumn: i32,
  C: usize,
  ldc: i32,
  accumulate: bool,
  scratch: usize,
): void {
  const rows = scratch + TILE_BYTES;
  const columns = rows + ((<usize>min(k, DEPTH)) << 4);
  for (let j = 0; j < n; j += WIDTH) {
    const width = min(n - j, WIDTH);
    for (let p = 0; p < k; p += DEPTH) {
      const depth = min(k - p, DEPTH);
      const onto = accumulate || p > 0;
      packColumns(width, depth, B + ((<usize>(p * bRow + j * bColumn)) << 2), bRow, bColumn, columns, depth);
      for (let i = 0; i < m; i += 4) {
        packRows(m - i, depth, A + ((<usize>(i * aRow + p * aColumn)) << 2), aRow, aColumn, rows);
        tileRow(m - i, width, depth, rows, columns, C + ((<usize>(i * ldc + j)) << 2), ldc, onto, scratch);
      }
    }
  }
}
