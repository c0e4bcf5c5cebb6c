import { exp } from "../math/exp";
import { expm1 } from "../math/expm1";
import { log } from "../math/log";
import { log1p } from "../math/log1p";

// Warped inputs: a number u in [0, 1] enters the kernel as the distribution function of Kumaraswamy's distribution,
//   x = 1 - (1 - v^a)^b,  v = EDGE + (1 - 2 EDGE) u,  a, b > 0
// which stretches one end, the middle or the ends: a, b < 1 tell apart what lies at the low, the high end.
// v keeps off 0 and 1, where slopes are infinite. Arcs (numbers of a branch) and categories are left as they are.
// Ref:  Snoek, Swersky, Zemel & Adams, "Input warping for Bayesian optimization of non-stationary functions" (ICML 2014).

const EDGE: f64 = 1e-5;

/** x of u. */
export function bend(u: f64, a: f64, b: f64): f64 {
  return -expm1(b * logRest(a * logV(u)));
}

/** log v of u. */
export function logV(u: f64): f64 {
  return log(EDGE + (1.0 - 2.0 * EDGE) * u);
}

/** log(1 - e^t), t < 0. */
export function logRest(t: f64): f64 {
  return t > -0.5 ? log(-expm1(t)) : log1p(-exp(t));
}

/** dx / du. */
export function bendSlope(u: f64, a: f64, b: f64): f64 {
  const lv = logV(u);
  const t = a * lv;
  return (1.0 - 2.0 * EDGE) * a * b * exp(t - lv + (b - 1.0) * logRest(t));
}
