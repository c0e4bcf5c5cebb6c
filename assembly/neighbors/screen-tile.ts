// Inner products in single precision of four queries with eight rows, to tell pairs that cannot be near.

/** Bytes of what is kept for a query while it is screened: screen.ts says what; its cut, f32, comes first. */
export const RECORD: usize = 64;

// A row into one lane of a panel, its centre taken off.
// In:   x [d], centre [d]; `to` the lane in the panel's first line of `lines` bytes
// Out:  fl32(x_p - centre_p) in d lines of the panel; returns sum_p (x_p - centre_p)^2
export function packCentred(x: usize, centre: usize, d: i32, to: usize, lines: usize): f64 {
  let squares: f64 = 0;
  const end = x + ((<usize>d) << 3);
  while (x < end) {
    const value = load<f64>(x) - load<f64>(centre);
    squares += value * value;
    store<f32>(to, <f32>value);
    x += 8;
    centre += 8;
    to += lines;
  }
  return squares;
}

// In:   panel a [d, 4] of queries; panel b [1 + d, 8], whose first line is what the sums start from; the queries'
//       records [4]
// Out:  bit 8 i + j: whether ((b_0j + a_0i b_1j) + a_1i b_2j) + ... in single precision is above the cut of query i
export function aboveCuts(d: i32, a: usize, b: usize, records: usize): i32 {
  let c00 = v128.load(b);
  let c01 = v128.load(b, 16);
  let c10 = c00;
  let c11 = c01;
  let c20 = c00;
  let c21 = c01;
  let c30 = c00;
  let c31 = c01;
  const end = a + ((<usize>d) << 4);
  while (a < end) {
    const b0 = v128.load(b, 32);
    const b1 = v128.load(b, 48);
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
  const t0 = v128.load32_splat(records);
  const t1 = v128.load32_splat(records + RECORD);
  const t2 = v128.load32_splat(records + 2 * RECORD);
  const t3 = v128.load32_splat(records + 3 * RECORD);
  c00 = f32x4.gt(c00, t0);
  c01 = f32x4.gt(c01, t0);
  c10 = f32x4.gt(c10, t1);
  c11 = f32x4.gt(c11, t1);
  c20 = f32x4.gt(c20, t2);
  c21 = f32x4.gt(c21, t2);
  c30 = f32x4.gt(c30, t3);
  c31 = f32x4.gt(c31, t3);
  const any = v128.or(v128.or(v128.or(c00, c01), v128.or(c10, c11)), v128.or(v128.or(c20, c21), v128.or(c30, c31)));
  if (!v128.any_true(any)) return 0;
  return bits(c00, c01) | (bits(c10, c11) << 8) | (bits(c20, c21) << 16) | (bits(c30, c31) << 24);
}

function bits(left: v128, right: v128): i32 {
  return i32x4.bitmask(left) | (i32x4.bitmask(right) << 4);
}
