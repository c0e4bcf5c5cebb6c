import { nth } from "../linalg/product";
import { exp } from "../math/exp";
import { log } from "../math/log";
import { normalLogCdf } from "../math/normal";
import { logHypervolumeGain } from "./log-ehvi";
import { logCdfSlope, logGain, logGainSlope } from "./log-ei";

// Acquisition functions of independent Gaussian predictions, to be maximized; lower outcomes are better.
// In:   mean [count], variance [count] of the objectives and then of the constraints, which hold at or below their
//       thresholds; settings [count]: the kind's own number (the value to improve on; of the confidence bound the
//       width in standard deviations), and in the constraints' places their thresholds; front: see log-ehvi.ts
// Out:  the value, and its derivatives by mean and variance [count]
//   log EI:  log E max(best - f, 0)     log PI:  log P(f < best)     LCB:  width sd - mean
//   noisy log EI: log of the mean EI of the objectives, which are draws of one function where it is known only with noise,
//   each on a value of its own
//   ensemble: log EI, log PI and LCB (2 sd wide) times three weights, which follow the other settings; what maximizes
//   it for some positive weights is a Pareto optimum of the three
//   log EHVI: log E (the volume that f adds to what the front dominates), of several objectives; the others are of one
//   feasibility: 0. To each the constraints add log P(g <= threshold).
// Ref:  Jones, Schonlau & Welch (1998); Letham, Karrer, Ottoni & Bakshy, "Constrained Bayesian optimization with noisy
//       experiments" (2019); Lyu et al., "Batch Bayesian optimization via multi-objective acquisition
//       ensemble" (ICML 2018); Gardner et al., "Bayesian optimization with inequality constraints" (2014).

export const LOG_EI: i32 = 0;
export const LOG_PI: i32 = 1;
export const LOWER_BOUND: i32 = 2;
export const FEASIBILITY: i32 = 3;
export const LOG_EHVI: i32 = 4;
export const LOG_NEI: i32 = 5;
export const ENSEMBLE: i32 = 6;

export function acquire(
  kind: i32,
  settings: usize,
  front: usize,
  objectives: i32,
  count: i32,
  mean: usize,
  variance: usize,
  byMean: usize,
  byVariance: usize,
): f64 {
  let value = 0.0;
  if (kind == LOG_EHVI) value = logHypervolumeGain(front, mean, variance, byMean, byVariance);
  else if (kind == LOG_NEI) value = meanGain(objectives, settings, mean, variance, byMean, byVariance);
  else if (kind == ENSEMBLE) {
    value = weightedSum(
      load<f64>(settings),
      nth(settings, count),
      load<f64>(mean),
      load<f64>(variance),
      byMean,
      byVariance,
    );
  } else if (kind == FEASIBILITY) {
    memory.fill(byMean, 0, (<usize>objectives) << 3);
    memory.fill(byVariance, 0, (<usize>objectives) << 3);
  } else {
    value = objectivePart(kind, load<f64>(settings), load<f64>(mean), load<f64>(variance), byMean, byVariance);
  }
  for (let i = objectives; i < count; i++) {
    const sd = sqrt(load<f64>(nth(variance, i)));
    const z = (load<f64>(nth(settings, i)) - load<f64>(nth(mean, i))) / sd;
    value += normalLogCdf(z);
    const slope = logCdfSlope(z);
    store<f64>(nth(byMean, i), -slope / sd);
    store<f64>(nth(byVariance, i), (-0.5 * slope * z) / (sd * sd));
  }
  return value;
}

function weightedSum(best: f64, weights: usize, mean: f64, variance: f64, byMean: usize, byVariance: usize): f64 {
  let value = 0.0;
  let slope = 0.0;
  let curve = 0.0;
  for (let kind = LOG_EI; kind <= LOWER_BOUND; kind++) {
    const weight = load<f64>(nth(weights, kind));
    value += weight * objectivePart(kind, kind == LOWER_BOUND ? 2.0 : best, mean, variance, byMean, byVariance);
    slope += weight * load<f64>(byMean);
    curve += weight * load<f64>(byVariance);
  }
  store<f64>(byMean, slope);
  store<f64>(byVariance, curve);
  return value;
}

function meanGain(draws: i32, settings: usize, mean: usize, variance: usize, byMean: usize, byVariance: usize): f64 {
  let most = -Infinity;
  for (let i = 0; i < draws; i++) most = max(most, gainOf(i, settings, mean, variance, byMean, byVariance));
  if (!(most > -Infinity)) return most;
  let sum = 0.0;
  for (let i = 0; i < draws; i++) sum += exp(gainOf(i, settings, mean, variance, byMean, byVariance) - most);
  for (let i = 0; i < draws; i++) {
    const share = exp(gainOf(i, settings, mean, variance, byMean, byVariance) - most) / sum;
    store<f64>(nth(byMean, i), share * load<f64>(nth(byMean, i)));
    store<f64>(nth(byVariance, i), share * load<f64>(nth(byVariance, i)));
  }
  return most + log(sum / <f64>draws);
}

function gainOf(i: i32, settings: usize, mean: usize, variance: usize, byMean: usize, byVariance: usize): f64 {
  return objectivePart(
    LOG_EI,
    load<f64>(nth(settings, i)),
    load<f64>(nth(mean, i)),
    load<f64>(nth(variance, i)),
    nth(byMean, i),
    nth(byVariance, i),
  );
}

function objectivePart(kind: i32, setting: f64, mean: f64, variance: f64, byMean: usize, byVariance: usize): f64 {
  const sd = sqrt(variance);
  if (kind == LOWER_BOUND) {
    store<f64>(byMean, -1.0);
    store<f64>(byVariance, (0.5 * setting) / sd);
    return setting * sd - mean;
  }
  const z = (setting - mean) / sd;
  if (kind == LOG_EI) {
    const slope = logGainSlope(z);
    store<f64>(byMean, -slope / sd);
    store<f64>(byVariance, (0.5 * (1.0 - z * slope)) / variance);
    return log(sd) + logGain(z);
  }
  const slope = logCdfSlope(z);
  store<f64>(byMean, -slope / sd);
  store<f64>(byVariance, (-0.5 * slope * z) / variance);
  return normalLogCdf(z);
}
