import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { weightRows } from "./curvature";
import { lossAt } from "./loss";
import { newton } from "./newton";
import { C, D, K, l1, omega, penalized, problemLossWeight, samplesBytes, weightsBytes } from "./problem";
import { pullBack, scoresOf } from "./scores";

// The problems with l1 > 0, approached through smaller loss weights: C / 10^s, ..., C / 10, C, each from where the
// one before ended, the first being the largest for which hardly any coordinate leaves zero. The solutions on the
// way are sparse, so the working sets stay small, and no step starts far from its optimum.
// In, out: as `newton`; W holds zeros, and the intercepts that are optimal with them
// Ref:  Friedman, Hastie & Tibshirani (2010), Regularization paths for generalized linear models via
//       coordinate descent.

/** Each loss weight is so many times the one before. */
const FACTOR: f64 = 10;
/** How close to its optimum a problem on the way is solved. */
const NEAR: f64 = 0.03;

export function path(W: usize, tolerance: f64, maxIterations: i32, setLimit: i32, out: usize): i32 {
  const target = C;
  const entry = l1 / steepest(W);
  let stages = 0;
  for (let c = target; c > FACTOR * entry; c /= FACTOR) stages++;
  let iterations = 0;
  for (; stages > 0; stages--) {
    let c = target;
    for (let s = 0; s < stages; s++) c /= FACTOR;
    problemLossWeight(c);
    newton(W, NEAR, maxIterations - iterations, setLimit, out);
    iterations += <i32>load<f64>(out, 16);
  }
  problemLossWeight(target);
  const status = newton(W, tolerance, maxIterations - iterations, setLimit, out);
  store<f64>(out, load<f64>(out, 16) + <f64>iterations, 16);
  return status;
}

// The largest derivative of the sum of losses with respect to a penalized weight, at W.
function steepest(W: usize): f64 {
  const mark = arenaMark();
  const Z = arenaAlloc(samplesBytes());
  const R = arenaAlloc(samplesBytes());
  const P = arenaAlloc(samplesBytes());
  const G = arenaAlloc(weightsBytes());
  scoresOf(W, Z);
  lossAt(Z, R, P);
  weightRows(R, K, omega, R);
  pullBack(R, W, G);
  const p = penalized();
  let largest: f64 = 0;
  for (let k = 0; k < K; k++) {
    for (let j = 0; j < p; j++) largest = max(largest, abs(load<f64>(G + ((<usize>(k * D + j)) << 3))));
  }
  arenaRelease(mark);
  return largest / C;
}
