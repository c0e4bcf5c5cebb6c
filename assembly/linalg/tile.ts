// The register tile of gemm: C[4, 4] (+)= sum_p a_p b_p^T over packed panels a [k, 4] and b [k, 4].
// Four rows by two vectors: eight accumulators are what sixteen registers hold beside the operands,
// and eight independent sums hide the latency of the addition; more of them spill.

export function tileFull(k: i32, a: usize, b: usize, C: usize, ldc: i32, accumulate: bool): void {
  const stride = (<usize>ldc) << 3;
  const C1 = C + stride;
  const C2 = C1 + stride;
  const C3 = C2 + stride;
  let c00 = f64x2.splat(0);
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
  const end = a + ((<usize>k) << 5);
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load64_splat(a);
    c00 = f64x2.add(c00, f64x2.mul(a0, b0));
    c01 = f64x2.add(c01, f64x2.mul(a0, b1));
    const a1 = v128.load64_splat(a, 8);
    c10 = f64x2.add(c10, f64x2.mul(a1, b0));
    c11 = f64x2.add(c11, f64x2.mul(a1, b1));
    const a2 = v128.load64_splat(a, 16);
    c20 = f64x2.add(c20, f64x2.mul(a2, b0));
    c21 = f64x2.add(c21, f64x2.mul(a2, b1));
    const a3 = v128.load64_splat(a, 24);
    c30 = f64x2.add(c30, f64x2.mul(a3, b0));
    c31 = f64x2.add(c31, f64x2.mul(a3, b1));
    a += 32;
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

/** The same for the [rows, columns] corner of a tile at the border of C; nothing else of C is touched. */
export function tileEdge(
  rows: i32,
  columns: i32,
  k: i32,
  a: usize,
  b: usize,
  C: usize,
  ldc: i32,
  accumulate: bool,
): void {
  const tile = corner;
  if (accumulate) copyTile(rows, columns, C, ldc, tile, 4);
  tileFull(k, a, b, tile, 4, accumulate);
  copyTile(rows, columns, tile, 4, C, ldc);
}

// A whole tile's room for the corners; its unused entries hold zeros or garbage of products never stored.
const corner: usize = memory.data(16 * 8, 16);

function copyTile(rows: i32, columns: i32, from: usize, ldFrom: i32, to: usize, ldTo: i32): void {
  const bytes = (<usize>columns) << 3;
  for (let i = 0; i < rows; i++) {
    memory.copy(to, from, bytes);
    from += (<usize>ldFrom) << 3;
    to += (<usize>ldTo) << 3;
  }
}
