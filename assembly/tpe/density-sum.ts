import { expx2 } from "../math/exp";
import { log } from "../math/log";
import { NOTHING } from "./live-kernels";

/**
 * out[c] = log sum_k exp L[k, c], k ascending; -Infinity when every term is. Rows that are not live count 0.
 * Eight candidates at a time: a row's length is a multiple of 64 bytes.
 */
export function sumRows(n: i32, candidates: i32, row: usize, live: usize, L: usize, out: usize): void {
  const nothing = f64x2.splat(NOTHING);
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
    for (let at = L + c, alive = live; at <= end; at += row, alive++) {
      if (!load<u8>(alive)) continue;
      const b0 = f64x2.sub(v128.load(at), m0);
      const b1 = f64x2.sub(v128.load(at, 16), m1);
      const b2 = f64x2.sub(v128.load(at, 32), m2);
      const b3 = f64x2.sub(v128.load(at, 48), m3);
      const top = f64x2.max(f64x2.max(b0, b1), f64x2.max(b2, b3));
      if (!v128.any_true(f64x2.gt(top, nothing))) continue;
      s0 = addExp(s0, b0);
      s1 = addExp(s1, b1);
      s2 = addExp(s2, b2);
      s3 = addExp(s3, b3);
    }
    put(s0, m0, c, candidates, out);
    put(s1, m1, c + 16, candidates, out);
    put(s2, m2, c + 32, candidates, out);
    put(s3, m3, c + 48, candidates, out);
  }
}

/** -Infinity becomes 0: Infinity minus infinity is not wanted. */
function finite(largest: v128): v128 {
  return v128.and(largest, f64x2.gt(largest, f64x2.splat(-Infinity)));
}

/** sum + exp(x), lane by lane. */
function addExp(sum: v128, x: v128): v128 {
  const counts = f64x2.gt(x, f64x2.splat(NOTHING));
  if (!v128.any_true(counts)) return sum;
  return f64x2.add(sum, v128.and(expx2(v128.and(x, counts)), counts));
}

/** The logarithms of both lanes, as far as there are candidates at c. */
function put(sum: v128, largest: v128, c: usize, candidates: i32, out: usize): void {
  const end = (<usize>candidates) << 3;
  if (c < end) store<f64>(out + c, log(f64x2.extract_lane(sum, 0)) + f64x2.extract_lane(largest, 0));
  if (c + 8 < end) store<f64>(out + c, log(f64x2.extract_lane(sum, 1)) + f64x2.extract_lane(largest, 1), 8);
}
