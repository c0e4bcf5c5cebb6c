// The exponential and the logarithm in single precision, without tables: a module inside another's memory has no data.
// Source of the polynomials: Moshier's Cephes library (expf, logf).

/**
 * e to the x, to a few units in the last place, for x <= 87, beyond which it is e^87. 0 below -87: arithmetic with numbers
 * below the normal ones takes many times as long. NaN for NaN.
 */
export function exp4(x: v128): v128 {
  const bounded = f32x4.pmin(x, f32x4.splat(87));
  // At this size a number's last bit counts ones: the sum rounds, and its bits are those of n and a constant.
  const whole = f32x4.splat(12582912);
  const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(<f32>Math.LOG2E)), whole);
  const n = f32x4.sub(shifted, whole);
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(p, power), f32x4.lt(x, f32x4.splat(-87)));
}

/** The natural logarithm of a normal number x > 0, to a few units in the last place; NaN for NaN. */
export function log1(x: f32): f32 {
  if (!(x < Infinity)) return x;
  const bits = reinterpret<i32>(x);
  let e = (bits >> 23) - 126;
  let m = reinterpret<f32>((bits & 0x007fffff) | 0x3f000000);
  if (m < <f32>Math.SQRT1_2) {
    e--;
    m = m + m - 1;
  } else {
    m -= 1;
  }
  const z = m * m;
  let p: f32 = 7.0376836292e-2;
  p = p * m - 1.151461031e-1;
  p = p * m + 1.167699874e-1;
  p = p * m - 1.2420140846e-1;
  p = p * m + 1.4249322787e-1;
  p = p * m - 1.6668057665e-1;
  p = p * m + 2.0000714765e-1;
  p = p * m - 2.4999993993e-1;
  p = p * m + 3.3333331174e-1;
  const whole = <f32>e;
  return m + (p * m * z + whole * -2.1219444e-4 - 0.5 * z) + whole * 0.693359375;
}

/** The four lanes' sum, (0 + 1) + (2 + 3). */
export function sum4(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}
