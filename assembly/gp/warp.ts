import { log } from "../math/log";
import { nth } from "../linalg/product";

// Warped outputs: T(y) = log(y + s), y >= 0 the excess over the best value, then standardised.
// In:   y [n] >= 0 in units of a typical excess; s > 0. Large s: no warp, T is linear; small s: the lowest values are
//       told apart in proportion and the highest ones crowd together.
//       UNWARPED: y is taken as it is
// Out:  z [n] with mean 0 and mean square 1 (all 0 when y is constant) and dz [n] = dz / d log s.
//       The answer is log |dz / dy|, the logarithm of the Jacobian's determinant; its derivative by log s in slope.
// Ref:  Snelson, Rasmussen & Ghahramani, "Warped Gaussian processes" (NIPS 2003); the shifted logarithm is Box and
//       Cox's (1964), with lambda = 0.

/** No warp: z is y. */
export const UNWARPED: f64 = Infinity;

export function warp(n: i32, y: usize, s: f64, z: usize, dz: usize, slope: usize): f64 {
  if (s == UNWARPED) {
    memory.copy(z, y, (<usize>n) << 3);
    memory.fill(dz, 0, (<usize>n) << 3);
    store<f64>(slope, 0);
    return 0;
  }
  let jacobian = 0.0;
  let byShift = 0.0;
  for (let i = 0; i < n; i++) {
    const value = load<f64>(nth(y, i));
    const t = log(value + s);
    const share = s / (value + s);
    store<f64>(nth(z, i), t);
    store<f64>(nth(dz, i), share);
    jacobian -= t;
    byShift -= share;
  }
  const mean = average(n, z);
  const drift = average(n, dz);
  let squares = 0.0;
  let cross = 0.0;
  for (let i = 0; i < n; i++) {
    const t = load<f64>(nth(z, i)) - mean;
    const u = load<f64>(nth(dz, i)) - drift;
    store<f64>(nth(z, i), t);
    store<f64>(nth(dz, i), u);
    squares += t * t;
    cross += t * u;
  }
  const sd = sqrt(squares / <f64>n);
  const scale = sd > 0 ? 1.0 / sd : 0.0;
  // sd' / sd
  const growth = squares > 0 ? cross / squares : 0.0;
  for (let i = 0; i < n; i++) {
    const t = load<f64>(nth(z, i)) * scale;
    store<f64>(nth(z, i), t);
    store<f64>(nth(dz, i), load<f64>(nth(dz, i)) * scale - t * growth);
  }
  store<f64>(slope, byShift - <f64>n * growth);
  return sd > 0 ? jacobian - <f64>n * log(sd) : 0.0;
}

function average(n: i32, x: usize): f64 {
  let sum = 0.0;
  for (let i = 0; i < n; i++) sum += load<f64>(nth(x, i));
  return sum / <f64>n;
}
