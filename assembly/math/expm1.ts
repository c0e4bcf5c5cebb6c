import { exp } from "./exp";
import { log } from "./log";

/**
 * exp(x) - 1. The rounding of exp x moves x to log(exp x): the quotient of the two makes good what cancels.
 * Error: < 3 ULP. Ref: N. J. Higham, "Accuracy and stability of numerical algorithms" (2002), section 1.14.1.
 */
export function expm1(x: f64): f64 {
  const y = exp(x);
  if (y == 1.0) return x;
  if (y < 0.25 || y > 16.0) return y - 1.0;
  return (y - 1.0) * (x / log(y));
}
