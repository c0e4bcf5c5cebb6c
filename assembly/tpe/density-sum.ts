import { expx2 } from "../math/exp";
import { log } from "../math/log";
import { NOTHING } from "./live-kernels";

/** A little more than 53 ln 2. */
const HALF_ULP: f64 = 36.75;
/** The limits rise with the sums, once in so many rows that count. */
const ROWS: i32 = 8;

/**
 * out[c] = log sum_k exp L[k, c], k ascending; -Infinity when every term is. Rows that are not live count 0.
 * Eight candidates at a time: a row's length is a multiple of 64 bytes. A term below half a unit in the last place of
 * what is summed before it leaves the sum as it is: its exponential is not computed.
 */
export function sumRows(n: i32, candidates: i32, row: usize, live: usize, L: usize, out: usize): void {
  for (let c: usize = 0; c < row; c += 64) {
    const end = L + row * <usize>n + c;
    let m0 = f64x2.splat(-Infinity);
    let m1 = m0;
    let m2 = m0;
    let m3 = m0;
    for (let at = L + c, alive = live; at <= end; at += row, alive++) {
      if (!load<u8>(alive)) continue;
      m0 = f64x2.max(m0, v128.load(at));
      m1 = f64x2.max(m1, v128.load(at, 16));
      m2 = f64x2.max(m2, v128.load(at, 32));
      m3 = f64x2.max(m3, v128.load(at, 48));
    }
    m0 = finite(m0);
    m1 = finite(m1);
    m2 = finite(m2);
    m3 = finite(m3);
    let s0 = f64x2.splat(0.0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let limit0 = firstLimit(c, candidates);
    let limit1 = firstLimit(c + 16, candidates);
    let limit2 = firstLimit(c + 32, candidates);
    let limit3 = firstLimit(c + 48, candidates);
    let rows = 0;
    for (let at = L + c, alive = live; at <= end; at += row, alive++) {
      if (!load<u8>(alive)) continue;
      const b0 = f64x2.sub(v128.load(at), m0);
      const b1 = f64x2.sub(v128.load(at, 16), m1);
      const b2 = f64x2.sub(v128.load(at, 32), m2);
      const b3 = f64x2.sub(v128.load(at, 48), m3);
      const counts0 = f64x2.gt(b0, limit0);
      const counts1 = f64x2.gt(b1, limit1);
      const counts2 = f64x2.gt(b2, limit2);
      const counts3 = f64x2.gt(b3, limit3);
      if (!v128.any_true(v128.or(v128.or(counts0, counts1), v128.or(counts2, counts3)))) continue;
      s0 = addExp(s0, b0, counts0);
      s1 = addExp(s1, b1, counts1);
      s2 = addExp(s2, b2, counts2);
      s3 = addExp(s3, b3, counts3);
      if (++rows % ROWS) continue;
      limit0 = f64x2.max(limit0, limitOf(s0));
      limit1 = f64x2.max(limit1, limitOf(s1));
      limit2 = f64x2.max(limit2, limitOf(s2));
      limit3 = f64x2.max(limit3, limitOf(s3));
    }
    put(s0, m0, c, candidates, out);
    put(s1, m1, c + 16, candidates, out);
    put(s2, m2, c + 32, candidates, out);
    put(s3, m3, c + 48, candidates, out);
  }
}

/** Beyond the candidates nothing counts. */
function firstLimit(c: usize, candidates: i32): v128 {
  return f64x2.splat(c < (<usize>candidates) << 3 ? NOTHING : Infinity);
}

/** exp of this or less is 0, or too little to change the sums: (e - 53) ln 2 and less, where a sum is at least 2^e. */
function limitOf(sum: v128): v128 {
  // The exponents lie in the upper words, biased by 1023; that of 0 is taken for -1023.
  const exponents = i32x4.shr_u(v128.shuffle<i32>(sum, sum, 1, 3, 1, 3), 20);
  const e = f64x2.sub(f64x2.convert_low_i32x4_s(exponents), f64x2.splat(1023.0));
  return f64x2.sub(f64x2.mul(e, f64x2.splat(Math.LN2)), f64x2.splat(HALF_ULP));
}

/** -Infinity becomes 0: Infinity minus infinity is not wanted. */
function finite(largest: v128): v128 {
  return v128.and(largest, f64x2.gt(largest, f64x2.splat(-Infinity)));
}

/** sum + exp(x) in the lanes that count. */
function addExp(sum: v128, x: v128, counts: v128): v128 {
  if (!v128.any_true(counts)) return sum;
  return f64x2.add(sum, v128.and(expx2(v128.and(x, counts)), counts));
}

/** The logarithms of both lanes, as far as there are candidates at c. */
function put(sum: v128, largest: v128, c: usize, candidates: i32, out: usize): void {
  const end = (<usize>candidates) << 3;
  if (c < end) store<f64>(out + c, log(f64x2.extract_lane(sum, 0)) + f64x2.extract_lane(largest, 0));
  if (c + 8 < end) store<f64>(out + c, log(f64x2.extract_lane(sum, 1)) + f64x2.extract_lane(largest, 1), 8);
}
