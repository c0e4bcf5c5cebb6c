import { log } from "./log";

/**
 * log(1 + x), x >= -1. What the rounding of 1 + x takes away, the factor x / ((1 + x) - 1) gives back.
 * Error: < 2.5 ULP. Ref: W. Kahan's form in D. Goldberg, "What every computer scientist should know about
 * floating-point arithmetic" (ACM Computing Surveys 23, 1991), theorem 4.
 */
export function log1p(x: f64): f64 {
  const sum = 1.0 + x;
  if (sum == 1.0) return x;
  return sum <= f64.MAX_VALUE && sum > 0 ? log(sum) * (x / (sum - 1.0)) : log(sum);
}
