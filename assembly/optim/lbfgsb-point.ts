import { boundAhead } from "./lbfgsb-box";
import { component, G, GRADIENT_NORM, N, PREVIOUS_G, PREVIOUS_VALUE, PREVIOUS_X, VALUE, X } from "./lbfgsb-state";

// The point just evaluated, beside the last iterate.

/** Whether value and gradient are all finite. */
export function evaluatedFinite(s: usize): bool {
  const n = load<i32>(s, N);
  if (!isFinite(load<f64>(s, VALUE))) return false;
  for (let i = 0; i < n; i++) {
    if (!isFinite(component(s, G, i))) return false;
  }
  return true;
}

/** The largest component of the gradient, as far as the bounds let x follow it; kept as the gradient's norm. */
export function measureGradient(s: usize): f64 {
  const n = load<i32>(s, N);
  let norm: f64 = 0;
  for (let i = 0; i < n; i++) {
    const x = component(s, X, i);
    const g = component(s, G, i);
    const bound = boundAhead(s, i, -g);
    norm = max(norm, min(abs(g), abs(x - bound)));
  }
  store<f64>(s, norm, GRADIENT_NORM);
  return norm;
}

/** Keeps the trial point as the iterate if it is lower than the last one; else goes back to that. */
export function keepLower(s: usize): bool {
  const n = load<i32>(s, N);
  const lower = evaluatedFinite(s) && load<f64>(s, VALUE) < load<f64>(s, PREVIOUS_VALUE);
  if (!lower) {
    memory.copy(load<usize>(s, X), load<usize>(s, PREVIOUS_X), (<usize>n) << 3);
    memory.copy(load<usize>(s, G), load<usize>(s, PREVIOUS_G), (<usize>n) << 3);
    store<f64>(s, load<f64>(s, PREVIOUS_VALUE), VALUE);
  }
  measureGradient(s);
  return lower;
}
