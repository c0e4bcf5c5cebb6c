import { exp } from "../math/exp";
import { expm1 } from "../math/expm1";
import { log } from "../math/log";
import { log1p } from "../math/log1p";
import { millsScaled, normalCdf } from "../math/normal";
import { normalQuantile } from "../math/quantile";

// The normal distribution cut to an interval: its quantile function, which turns a uniform into a draw.
// Z is standard normal, Q(x) = P(Z > x) = exp(-x^2 / 2) m(x), and h(x) = 1 / (sqrt(2 pi) m(x)) its hazard.
// Golden: test/vectors/truncated-normal.json

const SQRT_2PI: f64 = 2.5066282746310002;
// Below this width (in units of the density's own scale) the interval's density is taken as exponential, or
// between the tails as constant; the quantile's error is then below 1e-9 of the width.
const NARROW: f64 = 1e-5;

/** The x with P(a < Z <= x) = u P(a < Z <= b), a <= b, 0 <= u <= 1; either end may be infinite. In [a, b]. */
export function truncatedQuantile(a: f64, b: f64, u: f64): f64 {
  if (a >= 0) return min(a + tailDistance(a, b - a, u, 1.0 - u), b);
  if (b <= 0) return max(b - tailDistance(-b, b - a, 1.0 - u, u), a);
  if (b - a < NARROW) return min(a + u * (b - a), b);
  const p = normalCdf(a) * (1.0 - u) + normalCdf(b) * u;
  // Above the median the complement has the finer numbers.
  const x = p <= 0.5 ? normalQuantile(p) : -normalQuantile(normalCdf(-a) * (1.0 - u) + normalCdf(-b) * u);
  return min(max(x, a), b);
}

/**
 * The distance d from s >= 0 with P(s < Z <= s + d) = u P(s < Z <= s + width); v = 1 - u, the smaller one exact.
 * As distances and logarithms nothing cancels or underflows, however far out s lies.
 */
function tailDistance(s: f64, width: f64, u: f64, v: f64): f64 {
  // A tail beginning here is narrower than the distance to the next number.
  if (s > 1e8 || u == 0.0) return 0.0;
  if (v == 0.0) return width;
  const m = millsScaled(s);
  const hazard = 1.0 / (SQRT_2PI * m);
  if (hazard * width < NARROW) return -log1p(u * expm1(-hazard * width)) / hazard;
  // log P(Z > s + d) / P(Z > s) = -drop, to be met by d.
  const whole = logSurvival(s, width, m);
  const drop = u < 0.5 ? -log1p(u * expm1(whole)) : -log(v + u * exp(whole));
  // Newton's method from where the hazard's growth with slope 1 would put it; the function is concave.
  let d = (2.0 * drop) / (hazard + sqrt(hazard * hazard + 2.0 * drop));
  for (let i = 0; i < 4; i++) d += (logSurvival(s, d, m) + drop) * (SQRT_2PI * millsScaled(s + d));
  return d;
}

/** log P(Z > s + d) / P(Z > s), with m = m(s). */
function logSurvival(s: f64, d: f64, m: f64): f64 {
  return d == Infinity ? -Infinity : log(millsScaled(s + d) / m) - d * (s + 0.5 * d);
}

/**
 * out[i] = the u[i]-quantile of the normal with mean mu[i] and standard deviation sigma[i] > 0 cut to
 * [low[i], high[i]], i < n. Arrays [n] f64; out may be one of them. Every result lies in [low, high].
 */
export function truncatedNormals(mu: usize, sigma: usize, low: usize, high: usize, u: usize, n: i32, out: usize): void {
  for (let i: usize = 0, end = (<usize>n) << 3; i < end; i += 8) {
    const m = load<f64>(mu + i);
    const s = load<f64>(sigma + i);
    const l = load<f64>(low + i);
    const h = load<f64>(high + i);
    store<f64>(out + i, truncatedNormal(m, s, l, h, load<f64>(u + i)));
  }
}

function truncatedNormal(mu: f64, sigma: f64, low: f64, high: f64, u: f64): f64 {
  const a = (low - mu) / sigma;
  const b = (high - mu) / sigma;
  // The tail is so far that all of its mass lies at the near end.
  if (a > 1e8) return low;
  if (b < -1e8) return high;
  return min(max(mu + sigma * truncatedQuantile(a, b, u), low), high);
}
