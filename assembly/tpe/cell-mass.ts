import { exp } from "../math/exp";
import { log } from "../math/log";
import { normalCdf, normalLogCdf } from "../math/normal";

const LOG_SQRT_2PI: f64 = 0.9189385332046727;

/**
 * log P(center - width / 2 <= Z <= center + width / 2), Z standard normal, width > 0, and logWidth its logarithm.
 * Error: < 1e-11 however narrow the interval is and however far out.
 */
export function logCellMass(center: f64, width: f64, logWidth: f64): f64 {
  const distance = abs(center);
  // A narrow cell: the density at its center times its width, and the next term of the series, of order width^2.
  if (width * max(distance, 1.0) < 0.01) {
    const bend = ((distance * distance - 1.0) * width * width) / 24.0;
    return logWidth + (bend - 0.5 * bend * bend) - 0.5 * distance * distance - LOG_SQRT_2PI;
  }
  // Mirrored to the lower tail, where the distribution function keeps its relative accuracy.
  const a = -distance - 0.5 * width;
  const b = -distance + 0.5 * width;
  if (b > 0) return log(1.0 - normalCdf(a) - normalCdf(-b));
  const top = normalLogCdf(b);
  return top + log(1.0 - exp(normalLogCdf(a) - top));
}

/** P(0 <= mu + sigma Z <= 1), 0 <= mu <= 1. Relative error: < 1e-15. */
export function unitMass(mu: f64, sigma: f64): f64 {
  // Most kernels are that far from both ends.
  const far = 8.6 * sigma;
  if (mu > far && 1.0 - mu > far) return 1.0;
  const a = mu / sigma;
  const b = (1.0 - mu) / sigma;
  // Beyond 8.5 standard deviations a tail no longer changes the result.
  return 1.0 - (a > 8.5 ? 0.0 : normalCdf(-a)) - (b > 8.5 ? 0.0 : normalCdf(-b));
}
