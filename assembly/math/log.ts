import { LOG_TABLE } from "./log-table";

// The natural logarithm.
//   x = 2^k z, 0.689 <= z < 1.379; c = the middle of the 2^-7-wide (below 1: 2^-8-wide) interval of z;
//   log x = k ln 2 + log c + log(1 + r), r = (z - c) / c, |r| <= 2^-8
// 1 / c and log c come from a table as heads and tails; z - c and its product with 1 / c's head are exact, so that
// the sum of the heads is the one rounding that counts. log(1 + r) is its series up to r^7. The interval around 1
// has c = 1 and log c = 0: no accuracy is lost where the logarithm is small.
// Scalar and vector do the same operations in the same order: same bits.
// Error: < 0.53 ULP.
// Edges: NaN and x < 0 -> NaN, 0 and -0 -> -Infinity, Infinity -> Infinity.
// Ref:   P. T. P. Tang, "Table-driven implementation of the logarithm function" (ACM TOMS 16, 1990).
// Golden: test/vectors/math.json

const FIRST: i64 = 0x3fe6100000000000; // the lower end of z's range
const HALF_INTERVAL: i64 = 1 << 44;
const WITHIN: i64 = (1 << 45) - 1;
// ln 2 in two parts; the head is a multiple of 2^-42, as log c's heads are, so that k times it plus one is exact.
const LN2_HEAD: f64 = 0.6931471805598903;
const LN2_TAIL: f64 = 5.497923018708371e-14;
const C2: f64 = -1.0 / 2.0;
const C3: f64 = 1.0 / 3.0;
const C4: f64 = -1.0 / 4.0;
const C5: f64 = 1.0 / 5.0;
const C6: f64 = -1.0 / 6.0;
const C7: f64 = 1.0 / 7.0;
const SMALLEST_NORMAL: f64 = 2.2250738585072014e-308;
const TWO_52: f64 = 4503599627370496.0;

/** log(x 2^-bias) of a positive normal x. */
function logNormal(x: f64, bias: i32): f64 {
  const bits = reinterpret<i64>(x);
  const offset = bits - FIRST;
  const interval = offset & ~WITHIN;
  const exponent = (offset >> 52) << 52;
  const k = <f64>(<i32>(offset >> 52) - bias);
  const z = reinterpret<f64>(bits - exponent);
  const c = reinterpret<f64>(interval - exponent + (FIRST + HALF_INTERVAL));
  const entry = LOG_TABLE + ((<usize>(offset >> 45) & 127) << 5);
  const rHead = (z - c) * load<f64>(entry);
  const rTail = (z - c) * load<f64>(entry, 8);
  const base = k * LN2_HEAD + load<f64>(entry, 16);
  const head = base + rHead;
  const tail = base - head + rHead + (k * LN2_TAIL + load<f64>(entry, 24) + rTail);
  const r = rHead + rTail;
  const r2 = r * r;
  return head + (tail + r2 * (C2 + r * C3 + r2 * (C4 + r * C5 + r2 * (C6 + r * C7))));
}

function logAtEdge(x: f64): f64 {
  if (x == 0) return -Infinity;
  if (x == Infinity) return Infinity;
  return x > 0 ? logNormal(x * TWO_52, 52) : NaN;
}

/** The natural logarithm of x. */
export function log(x: f64): f64 {
  return x >= SMALLEST_NORMAL && x <= f64.MAX_VALUE ? logNormal(x, 0) : logAtEdge(x);
}

/** `log` of both lanes of an f64x2. */
export function logx2(x: v128): v128 {
  const plain = v128.and(f64x2.ge(x, f64x2.splat(SMALLEST_NORMAL)), f64x2.le(x, f64x2.splat(f64.MAX_VALUE)));
  if (!i64x2.all_true(plain)) {
    return f64x2.replace_lane(f64x2.splat(log(f64x2.extract_lane(x, 0))), 1, log(f64x2.extract_lane(x, 1)));
  }
  const offset = i64x2.sub(x, i64x2.splat(FIRST));
  const interval = v128.and(offset, i64x2.splat(~WITHIN));
  const exponent = v128.and(offset, i64x2.splat(~(((<i64>1) << 52) - 1)));
  // The exponents lie in the upper words: gather these, then shift.
  const k = f64x2.convert_low_i32x4_s(i32x4.shr_s(v128.shuffle<i32>(offset, offset, 1, 3, 1, 3), 20));
  const z = i64x2.sub(x, exponent);
  const c = i64x2.add(i64x2.sub(interval, exponent), i64x2.splat(FIRST + HALF_INTERVAL));
  const a = LOG_TABLE + ((<usize>(i32x4.extract_lane(offset, 1) >> 13) & 127) << 5);
  const b = LOG_TABLE + ((<usize>(i32x4.extract_lane(offset, 3) >> 13) & 127) << 5);
  const inverseA = v128.load(a);
  const inverseB = v128.load(b);
  const logA = v128.load(a, 16);
  const logB = v128.load(b, 16);
  const distance = f64x2.sub(z, c);
  const rHead = f64x2.mul(distance, v128.shuffle<f64>(inverseA, inverseB, 0, 2));
  const rTail = f64x2.mul(distance, v128.shuffle<f64>(inverseA, inverseB, 1, 3));
  const base = f64x2.add(f64x2.mul(k, f64x2.splat(LN2_HEAD)), v128.shuffle<f64>(logA, logB, 0, 2));
  const head = f64x2.add(base, rHead);
  const logTail = f64x2.add(f64x2.mul(k, f64x2.splat(LN2_TAIL)), v128.shuffle<f64>(logA, logB, 1, 3));
  const tail = f64x2.add(f64x2.add(f64x2.sub(base, head), rHead), f64x2.add(logTail, rTail));
  const r = f64x2.add(rHead, rTail);
  const r2 = f64x2.mul(r, r);
  const p67 = f64x2.add(f64x2.splat(C6), f64x2.mul(r, f64x2.splat(C7)));
  const p45 = f64x2.add(f64x2.splat(C4), f64x2.mul(r, f64x2.splat(C5)));
  const p23 = f64x2.add(f64x2.splat(C2), f64x2.mul(r, f64x2.splat(C3)));
  const p = f64x2.add(p23, f64x2.mul(r2, f64x2.add(p45, f64x2.mul(r2, p67))));
  return f64x2.add(head, f64x2.add(tail, f64x2.mul(r2, p)));
}

/** out[i] = log(x[i]), i < n; x and out may be the same array. */
export function logArray(x: usize, n: i32, out: usize): void {
  let i = 0;
  for (; i + 1 < n; i += 2) v128.store(out + ((<usize>i) << 3), logx2(v128.load(x + ((<usize>i) << 3))));
  if (i < n) store<f64>(out + ((<usize>i) << 3), log(load<f64>(x + ((<usize>i) << 3))));
}
