import { exp } from "../math/exp";
import { log } from "../math/log";
import { millsScaled, normalCdf } from "../math/normal";

// The logarithm of the expected improvement of a standard normal number, stable however unlikely the improvement:
//   h(z) = E max(z + Z, 0) = phi(z) + z Phi(z)
// Ref:  S. Ament et al., "Unexpected improvements to expected improvement for Bayesian optimization" (NeurIPS 2023).
// Golden: test/vectors/gp-optuna.json

const LOG_SQRT_TWO_PI: f64 = 0.9189385332046727;
const SQRT_TWO_PI: f64 = 2.5066282746310002;
const FAR: f64 = -50.0;

/** h(z) / phi(z) for z <= -1: 1 - |z| Phi(z) / phi(z). */
function tailGain(z: f64): f64 {
  if (z > FAR) return 1.0 + z * (SQRT_TWO_PI * millsScaled(-z));
  // Mills' asymptotic series; the next term is below 3e-11 of it.
  const q = 1.0 / (z * z);
  return q * (1.0 - q * (3.0 - q * (15.0 - q * 105.0)));
}

/** log h(z). Error: 1e-10 in relation to max(1, |log h|). */
export function logGain(z: f64): f64 {
  if (z > -1.0) return log(exp(-0.5 * z * z - LOG_SQRT_TWO_PI) + z * normalCdf(z));
  return log(tailGain(z)) - 0.5 * z * z - LOG_SQRT_TWO_PI;
}

/** d log h / dz = Phi(z) / h(z). */
export function logGainSlope(z: f64): f64 {
  if (z > -1.0) return normalCdf(z) / (exp(-0.5 * z * z - LOG_SQRT_TWO_PI) + z * normalCdf(z));
  return (SQRT_TWO_PI * millsScaled(-z)) / tailGain(z);
}

/** d log Phi / dz = phi(z) / Phi(z). */
export function logCdfSlope(z: f64): f64 {
  if (z > 0) return exp(-0.5 * z * z - LOG_SQRT_TWO_PI) / normalCdf(z);
  return 1.0 / (SQRT_TWO_PI * millsScaled(-z));
}
