import { component, HIGH, LOW } from "./lbfgsb-state";

/** The number nearest to z between variable i's bounds. */
export function clampTo(s: usize, i: i32, z: f64): f64 {
  return max(component(s, LOW, i), min(component(s, HIGH, i), z));
}

/** The bound that variable i meets when it moves at this rate: below for a negative one, else above. */
export function boundAhead(s: usize, i: i32, rate: f64): f64 {
  return component(s, rate < 0 ? LOW : HIGH, i);
}
