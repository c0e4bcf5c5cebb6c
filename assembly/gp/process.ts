import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { nth } from "../linalg/product";
import { exp } from "../math/exp";
import { addPoint, countColumns, setTable } from "./columns";
import { setTheta } from "./fit";
import { condition, likelihoodGradient, gradientBytes, logLikelihood } from "./likelihood";
import { BOXES, EDGES, EDGES_FROM, frontBytes, INTERVALS, INTERVALS_FROM, M, OF } from "./log-ehvi";
import { D, E, modelBytes, modelLayout, N, NOISE, STRIDE } from "./model";
import { addPending, predictBatch } from "./predict";
import {
  ADDRESSES,
  BATCH,
  FRONT,
  KIND,
  MODELS,
  modelAt,
  OBJECTIVES,
  SCRATCH,
  scratchBytes,
  SEARCH_BYTES,
  SETTINGS,
  TAKEN,
  TAKEN_COUNT,
  WIDEST,
} from "./score";
import { warp } from "./warp";

// Gaussian-process regression and Bayesian optimization as the host calls them. Models live in the arena until the
// host's scope ends.

/** A model of the points u [n, d] with room for `capacity`; table [d, 5]: columns.ts; bent: inputs are warped. */
export function create(capacity: i32, n: i32, d: i32, kernel: i32, bent: bool, table: usize, u: usize): usize {
  const e = countColumns(table, d);
  const m = arenaAlloc(modelBytes(capacity, d, e, bent));
  modelLayout(m, capacity, d, e, kernel, bent);
  setTable(m, table);
  const mark = arenaMark();
  const x = arenaAlloc((<usize>e) << 3);
  for (let i = 0; i < n; i++) addPoint(m, nth(u, i * d), x);
  arenaRelease(mark);
  return m;
}

/** How often the noise is raised to ten times itself. */
const MORE_NOISE: i32 = 8;

/**
 * Conditions the model with theta (fit.ts) on the outputs y [n], which are replaced by the warped and standardised ones.
 * While K is not positive definite the noise is raised. Returns the noise variance used, or NaN.
 */
export function observe(m: usize, theta: usize, y: usize): f64 {
  const mark = arenaMark();
  const n = load<i32>(m, N);
  const d = load<i32>(m, D);
  const z = arenaAlloc((<usize>n) << 3);
  const scratch = arenaAlloc((<usize>(n + 1 + load<i32>(m, E))) << 3);
  setTheta(m, theta);
  warp(n, y, exp(load<f64>(nth(theta, d + 3))), z, nth(scratch, 1), scratch);
  memory.copy(y, z, (<usize>n) << 3);
  let tries = 0;
  while (!condition(m, y, scratch) && tries < MORE_NOISE) {
    store<f64>(m, max(10.0 * load<f64>(m, NOISE), 1e-10), NOISE);
    tries++;
  }
  arenaRelease(mark);
  return tries < MORE_NOISE ? load<f64>(m, NOISE) : NaN;
}

/** log p(z) of the conditioned model, and its gradient by theta, 0 by the shift; the model is used up. */
export function likelihood(m: usize, z: usize, gradient: usize): f64 {
  const mark = arenaMark();
  const value = logLikelihood(m, z);
  store<f64>(nth(gradient, load<i32>(m, D) + 3), 0);
  likelihoodGradient(m, gradient, arenaAlloc(gradientBytes(load<i32>(m, STRIDE), load<i32>(m, E))));
  arenaRelease(mark);
  return value;
}

/** Takes the points u [count, d] of trials under way into account; room for them must be left. */
export function pending(m: usize, count: i32, u: usize): void {
  const mark = arenaMark();
  addPending(m, count, u, load<i32>(m, D), arenaAlloc((<usize>load<i32>(m, E)) << 3));
  arenaRelease(mark);
}

/** Means and variances [count] of the function at u [count, d]. */
export function predictions(m: usize, count: i32, u: usize, mean: usize, variance: usize): void {
  const mark = arenaMark();
  const d = load<i32>(m, D);
  const scratch = arenaAlloc(8 * (<usize>BATCH * <usize>load<i32>(m, STRIDE) + <usize>load<i32>(m, E)));
  for (let first = 0; first < count; first += BATCH) {
    const many = min(BATCH, count - first);
    predictBatch(m, many, nth(u, first * d), d, nth(mean, first), nth(variance, first), scratch);
  }
  arenaRelease(mark);
}

/** The front of m objectives, from the lists of log-ehvi.ts. */
export function front(
  m: i32,
  edgesFrom: usize,
  edges: usize,
  intervalsFrom: usize,
  intervals: usize,
  boxes: i32,
  boxIntervals: usize,
): usize {
  const last = (<usize>m) << 2;
  const b = arenaAlloc(frontBytes(load<i32>(edgesFrom + last), load<i32>(intervalsFrom + last), boxes));
  store<i32>(b, m, M);
  store<i32>(b, boxes, BOXES);
  store<usize>(b, boxIntervals, OF);
  store<usize>(b, edges, EDGES);
  store<usize>(b, edgesFrom, EDGES_FROM);
  store<usize>(b, intervals, INTERVALS);
  store<usize>(b, intervalsFrom, INTERVALS_FROM);
  return b;
}

/**
 * A search with `models` conditioned models, whose addresses stand in a list, the first `objectives` of them of
 * objectives with a front (or 0); see acquisition.ts, score.ts.
 */
export function search(
  kind: i32,
  models: i32,
  addresses: usize,
  settings: usize,
  objectives: i32,
  paretoFront: usize,
): usize {
  const s = arenaAlloc(SEARCH_BYTES);
  store<i32>(s, kind, KIND);
  store<i32>(s, models, MODELS);
  store<i32>(s, objectives, OBJECTIVES);
  store<usize>(s, paretoFront, FRONT);
  store<usize>(s, addresses, ADDRESSES);
  store<usize>(s, settings, SETTINGS);
  const m = modelAt(s, 0);
  let widest = 0;
  for (let i = 0; i < models; i++) widest = max(widest, load<i32>(modelAt(s, i), STRIDE));
  store<i32>(s, widest, WIDEST);
  store<i32>(s, 0, TAKEN_COUNT);
  store<usize>(s, arenaAlloc(scratchBytes(models, widest, load<i32>(m, E))), SCRATCH);
  return s;
}

/** A search passes over the points u [count, d]. */
export function taken(s: usize, count: i32, u: usize): void {
  store<i32>(s, count, TAKEN_COUNT);
  store<usize>(s, u, TAKEN);
}
