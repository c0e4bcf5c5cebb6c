import { nth } from "../linalg/product";
import { exp } from "../math/exp";
import { log } from "../math/log";
import { log1p } from "../math/log1p";
import { normalLogCdf } from "../math/normal";
import { logCdfSlope } from "./log-ei";

// What lies between two limits of a standard normal number's improvement, however unlikely and however close they are:
//   D(z, y) = h(z) - h(y) = integral of Phi from y to z,  y < z,  h as in log-ei.ts
// In:   upper [3], lower [3]: the limit z, log h(z) and Phi(z) / h(z) of either
// Out:  out [3]: log D, (Phi(z) - Phi(y)) / D and (phi(z) - phi(y)) / D
//       Error: 2e-7 in relation to max(1, |log h|), as long as log h is within 1e4 of 0
// Close limits leave no digits in the difference of h: the integrand is then expanded around the middle. The next
// terms are below 1e-11.

/** log h(y) - log h(z) from which the limits are close. */
const CLOSE: f64 = -0.01;

export function logGainDifference(upper: usize, lower: usize, out: usize): void {
  const z = load<f64>(upper);
  const y = load<f64>(lower);
  const logGain = load<f64>(upper, 8);
  const distance = load<f64>(lower, 8) - logGain;
  if (distance > CLOSE) {
    const gap = z - y;
    const middle = y + 0.5 * gap;
    const slope = logCdfSlope(middle);
    const q = (gap * gap) / 24.0;
    const square = middle * middle;
    const bend = 1.0 - q * middle * slope;
    store<f64>(out, log(gap) + normalLogCdf(middle) + log(bend));
    store<f64>(nth(out, 1), (slope * (1.0 + q * (square - 1.0))) / bend);
    store<f64>(nth(out, 2), (-middle * slope * (1.0 + q * (square - 3.0))) / bend);
    return;
  }
  // h(y) / h(z)
  const share = exp(distance);
  const rest = 1.0 - share;
  const above = load<f64>(upper, 16);
  const below = load<f64>(lower, 16);
  store<f64>(out, logGain + log1p(-share));
  store<f64>(nth(out, 1), (above - share * below) / rest);
  store<f64>(nth(out, 2), (1.0 - z * above - share * (1.0 - y * below)) / rest);
}
