import { nth } from "../linalg/product";
import { acquire } from "./acquisition";
import { CATEGORY, cosine, embed, firstColumn, isArc, isBent, shapeA, shapeB, sine, typeOf } from "./columns";
import { bendSlope } from "./kumaraswamy";
import { D, E, TABLE } from "./model";
import { predict, predictBatch, predictGradient } from "./predict";

// The acquisition function at points of the search space.
// A search is a block of ten words: kind of acquisition, count of models, their addresses, the settings
// (acquisition.ts), scratch of `scratchBytes`, the models' largest stride, how many of the models are of objectives, their
// front (log-ehvi.ts) or 0, and the points that are not to be found: their count and where they lie [count, d]. All models
// have the same parameters.

export const KIND: usize = 0;
export const MODELS: usize = 4;
export const ADDRESSES: usize = 8;
export const SETTINGS: usize = 12;
export const SCRATCH: usize = 16;
export const WIDEST: usize = 20;
export const OBJECTIVES: usize = 24;
export const FRONT: usize = 28;
export const TAKEN_COUNT: usize = 32;
export const TAKEN: usize = 36;
export const SEARCH_BYTES: usize = 40;

/** Candidates that are scored in one go. */
export const BATCH: i32 = 64;

export function modelAt(s: usize, i: i32): usize {
  return load<usize>(load<usize>(s, ADDRESSES) + ((<usize>i) << 2));
}

/** Bytes of scratch for `models` models of at most this stride and e columns. */
export function scratchBytes(models: i32, widest: i32, e: i32): usize {
  const rows = max(<usize>BATCH, <usize>models);
  return 8 * (rows * <usize>widest + 4 * <usize>e + <usize>models * 4 + 4 + 2 * <usize>models * <usize>BATCH);
}

/** scores [count] of the points u [count, d]; those taken have none: -Infinity. */
export function scoreAll(s: usize, count: i32, u: usize, scores: usize): void {
  const d = load<i32>(modelAt(s, 0), D);
  for (let first = 0; first < count; first += BATCH) {
    const many = min(BATCH, count - first);
    scoreBatch(s, many, u + ((<usize>first * <usize>d) << 3), d, nth(scores, first));
  }
  if (load<i32>(s, TAKEN_COUNT) === 0) return;
  for (let k = 0; k < count; k++) {
    if (isTaken(s, u + ((<usize>k * <usize>d) << 3), d)) store<f64>(nth(scores, k), -Infinity);
  }
}

function isTaken(s: usize, u: usize, d: i32): bool {
  const count = load<i32>(s, TAKEN_COUNT);
  let row = load<usize>(s, TAKEN);
  for (let i = 0; i < count; i++) {
    let j = 0;
    while (j < d && same(load<f64>(nth(u, j)), load<f64>(nth(row, j)))) j++;
    if (j === d) return true;
    row = nth(row, d);
  }
  return false;
}

/** Of a parameter that is not active both are NaN. */
function same(a: f64, b: f64): bool {
  return a == b || (a != a && b != b);
}

function scoreBatch(s: usize, count: i32, u: usize, d: i32, scores: usize): void {
  const models = load<i32>(s, MODELS);
  const means = load<usize>(s, SCRATCH);
  const variances = nth(means, models * BATCH);
  const point = nth(variances, models * BATCH);
  const rest = nth(point, 4 * models);
  for (let i = 0; i < models; i++) {
    predictBatch(modelAt(s, i), count, u, d, nth(means, i * BATCH), nth(variances, i * BATCH), rest);
  }
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < models; i++) {
      store<f64>(nth(point, i), load<f64>(nth(means, i * BATCH + k)));
      store<f64>(nth(point, models + i), load<f64>(nth(variances, i * BATCH + k)));
    }
    store<f64>(nth(scores, k), acquireAt(s, models, point));
  }
}

function acquireAt(s: usize, models: i32, point: usize): f64 {
  const variance = nth(point, models);
  const byMean = nth(variance, models);
  const byVariance = nth(byMean, models);
  return acquire(
    load<i32>(s, KIND),
    load<usize>(s, SETTINGS),
    load<usize>(s, FRONT),
    load<i32>(s, OBJECTIVES),
    models,
    point,
    variance,
    byMean,
    byVariance,
  );
}

/** The score of the point u [d] and its derivatives [d] by the values of numbers; of other parameters 0. */
export function scoreGradient(s: usize, u: usize, gradient: usize): f64 {
  const models = load<i32>(s, MODELS);
  const e = load<i32>(modelAt(s, 0), E);
  const widest = load<i32>(s, WIDEST);
  const point = load<usize>(s, SCRATCH);
  const sums = nth(point, 4 * models);
  const x = nth(sums, 2);
  const part = nth(x, e);
  const rows = nth(part, e);
  for (let i = 0; i < models; i++) {
    embed(modelAt(s, i), u, x);
    predict(modelAt(s, i), x, nth(rows, i * widest), nth(point, i), nth(point, models + i));
  }
  const score = acquireAt(s, models, point);
  memory.fill(gradient, 0, (<usize>load<i32>(modelAt(s, 0), D)) << 3);
  for (let i = 0; i < models; i++) {
    const m = modelAt(s, i);
    const byMean = load<f64>(nth(point, 2 * models + i));
    const byVariance = load<f64>(nth(point, 3 * models + i));
    embed(m, u, x);
    predictGradient(m, x, nth(rows, i * widest), byMean, byVariance, sums, part);
    addSlopes(m, u, part, gradient);
  }
  return score;
}

/** gradient [d] += the derivatives by the values u [d], of those by a model's columns [e]. */
function addSlopes(m: usize, u: usize, byColumn: usize, gradient: usize): void {
  const table = load<usize>(m, TABLE);
  const d = load<i32>(m, D);
  for (let j = 0; j < d; j++) {
    const value = load<f64>(nth(u, j));
    if (value != value || typeOf(table, j) == CATEGORY) continue;
    const slope = nth(byColumn, firstColumn(m, j));
    let by = load<f64>(slope);
    if (isArc(table, j)) by = cosine(value) * load<f64>(slope, 8) - sine(value) * by;
    else if (isBent(m, j)) by *= bendSlope(value, shapeA(m, j), shapeB(m, j));
    const to = nth(gradient, j);
    store<f64>(to, load<f64>(to) + by);
  }
}
