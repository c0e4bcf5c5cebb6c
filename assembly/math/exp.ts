import { EXP_TABLE } from "./exp-table";

// The exponential function.
//   x = (k ln 2) / 128 + r, |r| <= ln 2 / 256, k = 128 e + j:  exp x = 2^e 2^(j/128) exp r
// 2^(j/128) comes from a table as head and relative tail, exp r - 1 from its Taylor series of degree 5
// (next term below 2^-60). Scalar and vector do the same operations in the same order: same bits.
// Error: < 0.52 ULP where the result is normal, < 0.77 ULP where it is subnormal and so rounded twice.
// Edges: NaN -> NaN, above 709.78 -> Infinity, below -745.13 -> 0.
// Ref:   P. T. P. Tang, "Table-driven implementation of the exponential function" (ACM TOMS 15, 1989).
// Golden: test/vectors/math.json

const STEPS_PER_LN2: f64 = 184.6649652337873; // 128 / ln 2
// ln 2 / 128 in two parts; the head has 34 bits, so that k times it is exact.
const STEP_HEAD: f64 = 0.005415212347998022;
const STEP_TAIL: f64 = 1.2655086083325438e-13;
// Adding 1.5 2^52 rounds to a whole number and leaves it in the low bits.
const SHIFT: f64 = 6755399441055744.0;
const C2: f64 = 1.0 / 2.0;
const C3: f64 = 1.0 / 6.0;
const C4: f64 = 1.0 / 24.0;
const C5: f64 = 1.0 / 120.0;

// Inside, what intermediate values lose by being subnormal is far below the result's last bit.
const PLAIN: f64 = 700.0;
const OVERFLOW: f64 = 709.782712893384; // the last x with a finite result
const UNDERFLOW: f64 = -745.1332191019412; // the first x that rounds to 2^-1074

/** exp(x) 2^bias for |x| <= 746, where that is a normal number. */
function scaled(x: f64, bias: i64): f64 {
  const shifted = x * STEPS_PER_LN2 + SHIFT;
  const k = shifted - SHIFT;
  const ki = reinterpret<i64>(shifted);
  const r = x - k * STEP_HEAD - k * STEP_TAIL;
  const r2 = r * r;
  const entry = EXP_TABLE + ((<usize>ki & 127) << 4);
  const scale = reinterpret<f64>(load<i64>(entry, 8) + (ki << 45) + (bias << 52));
  const q = load<f64>(entry) + r + r2 * (C2 + r * C3) + r2 * r2 * (C4 + r * C5);
  return scale + scale * q;
}

// Where the result overflows, or is subnormal and rounds once more in the last product.
function expAtEdge(x: f64): f64 {
  if (x > 0) return x > OVERFLOW ? Infinity : scaled(x, -1000) * reinterpret<f64>((<i64>(1023 + 1000)) << 52);
  if (x < 0) return x < UNDERFLOW ? 0.0 : scaled(x, 1000) * reinterpret<f64>((<i64>(1023 - 1000)) << 52);
  return NaN;
}

/** e to the x. */
export function exp(x: f64): f64 {
  return abs(x) <= PLAIN ? scaled(x, 0) : expAtEdge(x);
}

/** `exp` of both lanes of an f64x2. */
export function expx2(x: v128): v128 {
  const plain = f64x2.le(f64x2.abs(x), f64x2.splat(PLAIN));
  if (!i64x2.all_true(plain)) {
    return f64x2.replace_lane(f64x2.splat(exp(f64x2.extract_lane(x, 0))), 1, exp(f64x2.extract_lane(x, 1)));
  }
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(STEPS_PER_LN2)), f64x2.splat(SHIFT));
  const k = f64x2.sub(shifted, f64x2.splat(SHIFT));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, f64x2.splat(STEP_HEAD))), f64x2.mul(k, f64x2.splat(STEP_TAIL)));
  const r2 = f64x2.mul(r, r);
  const a = v128.load(EXP_TABLE + ((<usize>i32x4.extract_lane(shifted, 0) & 127) << 4));
  const b = v128.load(EXP_TABLE + ((<usize>i32x4.extract_lane(shifted, 2) & 127) << 4));
  const scale = i64x2.add(v128.shuffle<i64>(a, b, 1, 3), i64x2.shl(shifted, 45));
  const low = f64x2.mul(r2, f64x2.add(f64x2.splat(C2), f64x2.mul(r, f64x2.splat(C3))));
  const high = f64x2.mul(f64x2.mul(r2, r2), f64x2.add(f64x2.splat(C4), f64x2.mul(r, f64x2.splat(C5))));
  const q = f64x2.add(f64x2.add(f64x2.add(v128.shuffle<f64>(a, b, 0, 2), r), low), high);
  return f64x2.add(scale, f64x2.mul(scale, q));
}

/** out[i] = exp(x[i]), i < n; x and out may be the same array. */
export function expArray(x: usize, n: i32, out: usize): void {
  let i = 0;
  for (; i + 1 < n; i += 2) v128.store(out + ((<usize>i) << 3), expx2(v128.load(x + ((<usize>i) << 3))));
  if (i < n) store<f64>(out + ((<usize>i) << 3), exp(load<f64>(x + ((<usize>i) << 3))));
}
