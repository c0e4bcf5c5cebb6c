import { cholesky, choleskySolve } from "../linalg/cholesky";
import { choleskyInverse } from "../linalg/cholesky-inverse";
import { dot } from "../linalg/dot";
import { at, nth } from "../linalg/product";
import { log } from "../math/log";
import { contractBends } from "./bend";
import { columnsOf, covariances } from "./covariance";
import { ALPHA, AMPLITUDE, BENT, D, L, N, NOISE, STRIDE } from "./model";
import { contractLengths, slopes } from "./slopes";

// The log marginal likelihood of values y [n] at the points of a model,
//   log p(y) = -1/2 y^T K^-1 y - 1/2 log |K| - n/2 log 2 pi,
// and its derivatives: by a hyperparameter 1/2 tr((alpha alpha^T - K^-1) dK), by y -alpha.
// Ref:  Rasmussen & Williams (2006), equations 2.30 and 5.9.  Golden: test/vectors/gp-sklearn.json, gp-optuna.json

const HALF_LOG_TWO_PI: f64 = 0.9189385332046727;

/** Factors K and solves for alpha; whether K is positive definite to working precision. x [e] is scratch. */
export function condition(m: usize, y: usize, x: usize): bool {
  const n = load<i32>(m, N);
  const stride = load<i32>(m, STRIDE);
  covariances(m, x);
  if (cholesky(n, load<usize>(m, L), stride) !== 0) return false;
  memory.copy(load<usize>(m, ALPHA), y, (<usize>n) << 3);
  choleskySolve(n, load<usize>(m, L), stride, load<usize>(m, ALPHA));
  return true;
}

/** log p(y), after `condition`. */
export function logLikelihood(m: usize, y: usize): f64 {
  const n = load<i32>(m, N);
  const stride = load<i32>(m, STRIDE);
  let sum = -0.5 * dot(y, load<usize>(m, ALPHA), n) - <f64>n * HALF_LOG_TWO_PI;
  for (let i = 0; i < n; i++) sum -= log(load<f64>(at(load<usize>(m, L), stride, i, i)));
  return sum;
}

/** Bytes of the scratch that `likelihoodGradient` needs. */
export function gradientBytes(capacity: i32, e: i32): usize {
  const stride = <usize>(capacity + 1) & ~1;
  return 8 * (stride * (stride + 1) + <usize>e);
}

/**
 * gradient [d + 3] = derivatives of log p(y) by log lengthscales, log a, log c and log noise, after `condition`; where
 * inputs are warped those by the shapes follow [2, d] after one more number, which is left as it is. L is lost.
 */
export function likelihoodGradient(m: usize, gradient: usize, scratch: usize): void {
  const n = load<i32>(m, N);
  const d = load<i32>(m, D);
  const stride = load<i32>(m, STRIDE);
  const alpha = load<usize>(m, ALPHA);
  const inverse = scratch;
  const g = scratch + ((<usize>stride * <usize>stride) << 3);
  const x = g + ((<usize>stride) << 3);
  choleskyInverse(n, load<usize>(m, L), stride, inverse, stride);
  memory.fill(gradient, 0, (<usize>d + 3) << 3);
  const bent = load<i32>(m, BENT) !== 0;
  if (bent) memory.fill(nth(gradient, d + 4), 0, (<usize>d) << 4);
  let trace = 0.0;
  for (let i = 0; i < n; i++) {
    const own = load<f64>(nth(alpha, i));
    const row = at(inverse, stride, i, 0);
    for (let k = 0; k < i; k++) {
      store<f64>(nth(g, k), own * load<f64>(nth(alpha, k)) - load<f64>(nth(row, k)));
    }
    if (i & 1) store<f64>(nth(g, i), 0);
    columnsOf(m, i, x);
    slopes(m, x, i, g, nth(gradient, d));
    contractLengths(m, x, i, gradient);
    if (bent) contractBends(m, i, nth(gradient, d + 4));
    trace += own * own - load<f64>(nth(row, i));
  }
  const byAmplitude = nth(gradient, d);
  store<f64>(byAmplitude, load<f64>(byAmplitude) + 0.5 * trace * load<f64>(m, AMPLITUDE));
  store<f64>(nth(gradient, d + 2), 0.5 * trace * load<f64>(m, NOISE));
}
