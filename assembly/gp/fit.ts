import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { dot } from "../linalg/dot";
import { nth } from "../linalg/product";
import { exp } from "../math/exp";
import {
  EVALUATE,
  lbfgsbBytes,
  lbfgsbCreate,
  lbfgsbGradient,
  lbfgsbHigh,
  lbfgsbLow,
  lbfgsbSetValue,
  lbfgsbStart,
  lbfgsbStep,
  lbfgsbValue,
  lbfgsbX,
  NEW_ITERATE,
} from "../optim/lbfgsb";
import { bendColumns } from "./bend";
import { condition, gradientBytes, likelihoodGradient, logLikelihood } from "./likelihood";
import { ALPHA, AMPLITUDE, BENT, D, E, N, NOISE, ORDER, STRIDE, W } from "./model";
import { warp } from "./warp";

// The hyperparameters theta [d + 4], all logarithms: lengthscales, amplitude a, interactions c, noise variance, and the
// shift s of the outputs' warp; where inputs are warped [3 d + 4], with its shapes a [d] and b [d] at the end. Fitted by maximum a posteriori: log-normal priors, L-BFGS-B from each of several starts.
// In:   starts, of `count` rows; low, high, mean, deviation, as long as theta: bounds and the priors of the logarithms (an
//       infinite deviation: flat). A parameter with low = high stays.
// Out:  theta, the best found, and minus its log posterior up to a constant; Infinity if K was never positive definite.

const CORRECTIONS: i32 = 10;
const GRADIENT_TOLERANCE: f64 = 1e-3;
const VALUE_TOLERANCE: f64 = 1e-5;

/** Numbers in theta. */
export function thetaLength(m: usize): i32 {
  const d = load<i32>(m, D);
  return load<i32>(m, BENT) === 0 ? d + 4 : 3 * d + 4;
}

/** Sets the model's hyperparameters. */
export function setTheta(m: usize, theta: usize): void {
  const d = load<i32>(m, D);
  for (let j = 0; j < d; j++) store<f64>(nth(load<usize>(m, W), j), exp(-2.0 * load<f64>(nth(theta, j))));
  store<f64>(m, exp(load<f64>(nth(theta, d))), AMPLITUDE);
  store<f64>(m, exp(load<f64>(nth(theta, d + 1))), ORDER);
  store<f64>(m, exp(load<f64>(nth(theta, d + 2))), NOISE);
  if (load<i32>(m, BENT) !== 0) bendColumns(m, nth(theta, d + 4));
}

export function fitTheta(
  m: usize,
  y: usize,
  count: i32,
  starts: usize,
  low: usize,
  high: usize,
  mean: usize,
  deviation: usize,
  maxEvaluations: i32,
  theta: usize,
): f64 {
  const mark = arenaMark();
  const length = thetaLength(m);
  const bytes = (<usize>length) << 3;
  const state = arenaAlloc(lbfgsbBytes(length, CORRECTIONS));
  const scratch = arenaAlloc(objectiveBytes(m));
  let best = Infinity;
  memory.copy(theta, starts, bytes);
  for (let i = 0; i < count; i++) {
    lbfgsbCreate(state, length, CORRECTIONS);
    memory.copy(lbfgsbX(state), starts + <usize>i * bytes, bytes);
    memory.copy(lbfgsbLow(state), low, bytes);
    memory.copy(lbfgsbHigh(state), high, bytes);
    lbfgsbStart(state, GRADIENT_TOLERANCE, VALUE_TOLERANCE, maxEvaluations, maxEvaluations);
    for (let task = lbfgsbStep(state); task <= NEW_ITERATE; task = lbfgsbStep(state)) {
      if (task !== EVALUATE) continue;
      const gradient = lbfgsbGradient(state);
      lbfgsbSetValue(state, negativeLogPosterior(m, y, lbfgsbX(state), mean, deviation, gradient, scratch));
    }
    const value = lbfgsbValue(state);
    if (value < best) {
      best = value;
      memory.copy(theta, lbfgsbX(state), bytes);
    }
  }
  arenaRelease(mark);
  return best;
}

function objectiveBytes(m: usize): usize {
  const stride = load<i32>(m, STRIDE);
  return 16 * <usize>stride + 8 + gradientBytes(stride, load<i32>(m, E));
}

/** The value, Infinity where K is not positive definite, and its gradient by theta. */
function negativeLogPosterior(
  m: usize,
  y: usize,
  theta: usize,
  mean: usize,
  deviation: usize,
  gradient: usize,
  scratch: usize,
): f64 {
  const d = load<i32>(m, D);
  const n = load<i32>(m, N);
  const stride = load<i32>(m, STRIDE);
  const z = scratch;
  const dz = nth(z, stride);
  const byShift = nth(dz, stride);
  const rest = byShift + 8;
  setTheta(m, theta);
  const jacobian = warp(n, y, exp(load<f64>(nth(theta, d + 3))), z, dz, byShift);
  if (!condition(m, z, rest)) {
    memory.fill(gradient, 0, (<usize>thetaLength(m)) << 3);
    return Infinity;
  }
  let value = -logLikelihood(m, z) - jacobian;
  const shiftSlope = load<f64>(byShift) - dot(load<usize>(m, ALPHA), dz, n);
  likelihoodGradient(m, gradient, rest);
  store<f64>(nth(gradient, d + 3), shiftSlope);
  for (let i = 0; i < thetaLength(m); i++) {
    const u = (load<f64>(nth(theta, i)) - load<f64>(nth(mean, i))) / load<f64>(nth(deviation, i));
    value += 0.5 * u * u;
    const slope = nth(gradient, i);
    store<f64>(slope, u / load<f64>(nth(deviation, i)) - load<f64>(slope));
  }
  return value;
}
