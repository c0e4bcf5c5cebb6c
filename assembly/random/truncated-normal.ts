import { exp } from "../math/exp";
import { log } from "../math/log";
import { normalCdf, normalLogCdf } from "../math/normal";
import { normalLogQuantile, normalQuantile } from "../math/quantile";

// The normal distribution cut to an interval.

/**
 * The u-quantile of a standard normal cut to [a, b], a <= b (either may be infinite), 0 <= u <= 1.
 * Between the tails by probabilities; in a tail by their logarithms, mirrored to the left one, so that
 * intervals of any distance from 0 work. The result lies in [a, b].
 */
export function truncatedQuantile(a: f64, b: f64, u: f64): f64 {
  let x: f64;
  if (b <= 0) x = leftTail(a, b, u);
  else if (a >= 0) x = -leftTail(-b, -a, 1.0 - u);
  else {
    const p = normalCdf(a) * (1.0 - u) + normalCdf(b) * u;
    // Above the median the complement has the finer numbers.
    x = p <= 0.5 ? normalQuantile(p) : -normalQuantile(normalCdf(-a) * (1.0 - u) + normalCdf(-b) * u);
  }
  return min(max(x, a), b);
}

/** a < b <= 0: log p = log Phi(b) + log(u + (1 - u) Phi(a) / Phi(b)). */
function leftTail(a: f64, b: f64, u: f64): f64 {
  const top = normalLogCdf(b);
  const ratio = exp(normalLogCdf(a) - top);
  return normalLogQuantile(top + log(u + (1.0 - u) * ratio));
}

/**
 * out[i] = the u[i]-quantile of the normal with mean mu[i] and standard deviation sigma[i] > 0 cut to
 * [low[i], high[i]], i < n. Arrays [n] f64; out may be one of them. The result lies in [low, high].
 */
export function truncatedNormals(mu: usize, sigma: usize, low: usize, high: usize, u: usize, n: i32, out: usize): void {
  for (let i: usize = 0, end = (<usize>n) << 3; i < end; i += 8) {
    const m = load<f64>(mu + i);
    const s = load<f64>(sigma + i);
    const l = load<f64>(low + i);
    const h = load<f64>(high + i);
    const x = m + s * truncatedQuantile((l - m) / s, (h - m) / s, load<f64>(u + i));
    store<f64>(out + i, min(max(x, l), h));
  }
}
