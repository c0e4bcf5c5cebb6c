import { exp, expx2 } from "./exp";
import { log } from "./log";

/**
 * log(sum_i exp p[i]), i < n; -Infinity for n = 0, NaN when a p[i] is NaN. Even and odd i are summed apart.
 * Relative error of exp of the result: < (n / 2 + 3 + |result|) ULP.
 */
export function logSumExp(p: usize, n: i32): f64 {
  let largest = -Infinity;
  for (let i = 0; i < n; i++) {
    const value = load<f64>(p + ((<usize>i) << 3));
    if (value != value) return NaN;
    largest = max(largest, value);
  }
  if (abs(largest) == Infinity) return largest;
  const shift = f64x2.splat(largest);
  let sums = f64x2.splat(0.0);
  let i = 0;
  for (; i + 1 < n; i += 2) {
    sums = f64x2.add(sums, expx2(f64x2.sub(v128.load(p + ((<usize>i) << 3)), shift)));
  }
  let sum = f64x2.extract_lane(sums, 0);
  if (i < n) sum += exp(load<f64>(p + ((<usize>i) << 3)) - largest);
  return largest + log(sum + f64x2.extract_lane(sums, 1));
}
