import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { argsort } from "../tpe/argsort";

// The q-quantile of values [m] with weights v [m] (0: all 1): the smallest value at which the weights up to it reach
// the share q of their sum; where they reach it exactly, the middle between it and the next. For q = 1/2 the median.
export function boostQuantile(values: usize, v: usize, m: i32, q: f64): f64 {
  const mark = arenaMark();
  const order = arenaAlloc((<usize>m) << 2);
  argsort(values, m, order, arenaAlloc((<usize>m) << 5));
  let total: f64 = m;
  if (v) {
    total = 0;
    for (let i = 0; i < m; i++) total += load<f64>(v + ((<usize>i) << 3));
  }
  const target = q * total;
  let sum: f64 = 0;
  let found: f64 = NaN;
  for (let j = 0; j < m; j++) {
    const i = (<usize>load<i32>(order + ((<usize>j) << 2))) << 3;
    const weight = v ? load<f64>(v + i) : 1.0;
    if (weight == 0) continue;
    if (found == found) {
      found = 0.5 * found + 0.5 * load<f64>(values + i);
      break;
    }
    sum += weight;
    // Past the last weight the sum has reached whatever rounding made of the target.
    if (sum >= target || j === m - 1) {
      found = load<f64>(values + i);
      if (sum > target) break;
    }
  }
  arenaRelease(mark);
  return found;
}
