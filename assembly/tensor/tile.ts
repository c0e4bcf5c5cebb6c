// The register tile of single-precision products: C[4, 8] (+)= sum_p a_p b_p^T over packed panels a [k, 4] and b [k, 8].
// Four rows by two vectors: eight accumulators are what sixteen registers hold beside the operands.

/** Bytes of a whole tile, the room that borders need. */
export const TILE_BYTES: usize = 4 * 8 * 4;

function tileFull(k: i32, a: usize, b: usize, C: usize, ldc: i32, accumulate: bool): void {
  const stride = (<usize>ldc) << 2;
  const C1 = C + stride;
  const C2 = C1 + stride;
  const C3 = C2 + stride;
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  if (accumulate) {
    c00 = v128.load(C);
    c01 = v128.load(C, 16);
    c10 = v128.load(C1);
    c11 = v128.load(C1, 16);
    c20 = v128.load(C2);
    c21 = v128.load(C2, 16);
    c30 = v128.load(C3);
    c31 = v128.load(C3, 16);
  }
  const end = a + ((<usize>k) << 4);
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    a += 16;
    b += 32;
  }
  v128.store(C, c00);
  v128.store(C, c01, 16);
  v128.store(C1, c10);
  v128.store(C1, c11, 16);
  v128.store(C2, c20);
  v128.store(C2, c21, 16);
  v128.store(C3, c30);
  v128.store(C3, c31, 16);
}

/** The same for the [rows, columns] corner of a tile at the border of C, by way of `corner` [4, 8]; nothing else of C is touched. */
function tileCorner(
  rows: i32,
  columns: i32,
  k: i32,
  a: usize,
  b: usize,
  C: usize,
  ldc: i32,
  accumulate: bool,
  corner: usize,
): void {
  if (accumulate) copyTile(rows, columns, C, ldc, corner, 8);
  tileFull(k, a, b, corner, 8, accumulate);
  copyTile(rows, columns, corner, 8, C, ldc);
}

function copyTile(rows: i32, columns: i32, from: usize, ldFrom: i32, to: usize, ldTo: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < (<usize>columns) << 2; j += 4) store<f32>(to + j, load<f32>(from + j));
    from += (<usize>ldFrom) << 2;
    to += (<usize>ldTo) << 2;
  }
}

/** C[rows, n] (+)= a panel [k, 4] of A times the panels [k, 8] of B that follow one another from `b`. */
export function tileRow(
  rows: i32,
  n: i32,
  k: i32,
  a: usize,
  b: usize,
  C: usize,
  ldc: i32,
  accumulate: bool,
  corner: usize,
): void {
  const panel = (<usize>k) << 5;
  for (let j = 0; j < n; j += 8) {
    if (rows >= 4 && j + 8 <= n) tileFull(k, a, b, C, ldc, accumulate);
    else tileCorner(min(rows, 4), min(n - j, 8), k, a, b, C, ldc, accumulate, corner);
    b += panel;
    C += 32;
  }
}
