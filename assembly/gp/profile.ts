import { expx2 } from "../math/exp";

// The kernels' profiles over the scaled squared distance t, two lanes at a time.
//   Matern-5/2:           k(t) = (1 + s + s^2 / 3) exp(-s), s = sqrt(5 t);  k'(t) = -5/6 (1 + s) exp(-s)
//   squared exponential:  k(t) = exp(-t / 2);                               k'(t) = -k(t) / 2
// Ref:  Rasmussen & Williams (2006), section 4.2.

/** k(t). */
export function profile(squared: bool, t: v128): v128 {
  if (squared) return expx2(f64x2.mul(t, f64x2.splat(-0.5)));
  const s = f64x2.sqrt(f64x2.mul(t, f64x2.splat(5)));
  return f64x2.mul(maternFactor(s), expx2(f64x2.neg(s)));
}

/** 1 + s + s^2 / 3. */
export function maternFactor(s: v128): v128 {
  const one = f64x2.splat(1);
  return f64x2.add(one, f64x2.mul(s, f64x2.add(one, f64x2.mul(s, f64x2.splat(1.0 / 3.0)))));
}

/** Stores k(t) and k'(t). */
export function profileAndSlope(squared: bool, t: v128, value: usize, slope: usize): void {
  if (squared) {
    const k = expx2(f64x2.mul(t, f64x2.splat(-0.5)));
    v128.store(value, k);
    v128.store(slope, f64x2.mul(k, f64x2.splat(-0.5)));
    return;
  }
  const s = f64x2.sqrt(f64x2.mul(t, f64x2.splat(5)));
  const e = expx2(f64x2.neg(s));
  v128.store(value, f64x2.mul(maternFactor(s), e));
  v128.store(slope, f64x2.mul(f64x2.mul(f64x2.add(f64x2.splat(1), s), e), f64x2.splat(-5.0 / 6.0)));
}
