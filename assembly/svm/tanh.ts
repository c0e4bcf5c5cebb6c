import { expx2 } from "../math/exp";

// Hyperbolic tangent of two numbers.
// Out:  |error| <= 4 ulp; odd, of modulus <= 1; NaN stays NaN
// |x| < 1/2: the convergent of depth 8 of the continued fraction x / (1 + x^2 / (3 + x^2 / (5 + ...))),
//            truncation below 2^-62 relative; beyond: 1 - 2 / (exp(2 |x|) + 1), which no longer cancels.
// Ref:  Abramowitz & Stegun (1964), 4.5.70.
export function tanhx2(x: v128): v128 {
  const size = f64x2.abs(x);
  const one = f64x2.splat(1);
  const far = f64x2.sub(one, f64x2.div(f64x2.splat(2), f64x2.add(expx2(f64x2.add(size, size)), one)));
  const u = f64x2.mul(size, size);
  let p = f64x2.add(f64x2.mul(u, f64x2.splat(36)), f64x2.splat(6930));
  p = f64x2.add(f64x2.mul(u, p), f64x2.splat(270270));
  p = f64x2.add(f64x2.mul(u, p), f64x2.splat(2027025));
  let q = f64x2.add(u, f64x2.splat(630));
  q = f64x2.add(f64x2.mul(u, q), f64x2.splat(51975));
  q = f64x2.add(f64x2.mul(u, q), f64x2.splat(945945));
  q = f64x2.add(f64x2.mul(u, q), f64x2.splat(2027025));
  const near = f64x2.div(f64x2.mul(size, p), q);
  const magnitude = v128.bitselect(near, far, f64x2.lt(size, f64x2.splat(0.5)));
  const sign = v128.and(x, f64x2.splat(-0.0));
  return v128.or(magnitude, sign);
}
