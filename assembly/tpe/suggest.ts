import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { logDensities, logDensityBytes } from "./log-density";
import { logWeightsAt, buildMixture, mixtureBytes, musAt, sigmasAt, weightsAt } from "./mixture";
import { sampleMixture } from "./sample";

// Candidates are drawn and scored so many at a time: their rows stay in the cache, and the memory is bounded.
const BATCH: i32 = 24;

/**
 * One suggestion of the tree-structured Parzen estimator: of the candidates drawn from the good trials'
 * mixture l, the first with the largest log l - log g, where g is the other trials' mixture.
 * In:   dimensions [d, 5] (dimension.ts); the good trials' values [d, nGood], a row a dimension, and weights
 *       [nGood] and order [d, nGood] (a hint, or 0: mixture.ts); the same for the others; priorWeight >= 0; flags (mixture.ts); candidates >= 1;
 *       u [candidates, 1 + d] in [0, 1)
 * Out:  best [d], allowed values
 */
export function suggest(
  d: i32,
  dimensions: usize,
  nGood: i32,
  good: usize,
  goodWeights: usize,
  goodOrder: usize,
  nOther: i32,
  other: usize,
  otherWeights: usize,
  otherOrder: usize,
  priorWeight: f64,
  flags: i32,
  candidates: i32,
  u: usize,
  best: usize,
): void {
  const mark = arenaMark();
  const l = newMixture(d, dimensions, nGood, good, goodWeights, goodOrder, priorWeight, flags);
  const g = newMixture(d, dimensions, nOther, other, otherWeights, otherOrder, priorWeight, flags);
  const x = arenaAlloc(8 * <usize>d * BATCH);
  const logL = arenaAlloc(8 * (BATCH + 1));
  const logG = arenaAlloc(8 * (BATCH + 1));
  const scratch = arenaAlloc(logDensityBytes(max(nGood, nOther), d, BATCH));
  let bestScore = NaN;
  for (let first = 0; first < candidates; first += BATCH) {
    let count = min(BATCH, candidates - first);
    sampleMixture(d, dimensions, nGood, l, priorWeight, count, u + ((<usize>first * (<usize>d + 1)) << 3), x);
    // Of equal candidates the first decides.
    if (d == 1) count = distinct(count, x);
    logDensities(d, dimensions, nGood, l, priorWeight, count, x, logL, scratch);
    logDensities(d, dimensions, nOther, g, priorWeight, count, x, logG, scratch);
    for (let c = 0; c < count; c++) {
      const score = load<f64>(logL + ((<usize>c) << 3)) - load<f64>(logG + ((<usize>c) << 3));
      // Anything is better than the NaN of the beginning.
      if (!(score > bestScore || bestScore != bestScore)) continue;
      bestScore = score;
      for (let j = 0; j < d; j++) {
        store<f64>(best + ((<usize>j) << 3), load<f64>(x + ((<usize>j * <usize>count + <usize>c) << 3)));
      }
    }
  }
  arenaRelease(mark);
}

/** Keeps the first of each of the values x [count]; returns how many there are. */
function distinct(count: i32, x: usize): i32 {
  let kept: usize = 0;
  for (let at = x, end = x + ((<usize>count) << 3); at < end; at += 8) {
    const value = load<f64>(at);
    let other = x;
    while (other < x + kept && load<f64>(other) != value) other += 8;
    if (other < x + kept) continue;
    store<f64>(other, value);
    kept += 8;
  }
  return <i32>(kept >> 3);
}

/**
 * The mixture of the observations x [d, n]. Out: weights [n + 1], mu and sigma [d, n + 1] in unit coordinates
 * (a category's sigma is not written), the prior last.
 */
export function parzen(
  d: i32,
  dimensions: usize,
  n: i32,
  x: usize,
  w: usize,
  priorWeight: f64,
  flags: i32,
  weights: usize,
  mu: usize,
  sigma: usize,
): void {
  const mark = arenaMark();
  const mixture = newMixture(d, dimensions, n, x, w, 0, priorWeight, flags);
  const bytes = logWeightsAt(mixture, n) - mixture;
  memory.copy(weights, weightsAt(mixture), bytes);
  memory.copy(mu, musAt(mixture, n, 0), bytes * <usize>d);
  memory.copy(sigma, sigmasAt(mixture, n, d, 0), bytes * <usize>d);
  arenaRelease(mark);
}

/** out [count] = log densities of the values at [d, count] under the mixture of the observations x [d, n]. */
export function logDensity(
  d: i32,
  dimensions: usize,
  n: i32,
  x: usize,
  w: usize,
  priorWeight: f64,
  flags: i32,
  count: i32,
  at: usize,
  out: usize,
): void {
  const mark = arenaMark();
  const mixture = newMixture(d, dimensions, n, x, w, 0, priorWeight, flags);
  const scratch = arenaAlloc(logDensityBytes(n, d, count));
  logDensities(d, dimensions, n, mixture, priorWeight, count, at, out, scratch);
  arenaRelease(mark);
}

/** x [d, count] = draws from the mixture of the observations, by u [count, 1 + d] in [0, 1). */
export function sample(
  d: i32,
  dimensions: usize,
  n: i32,
  observed: usize,
  w: usize,
  priorWeight: f64,
  flags: i32,
  count: i32,
  u: usize,
  x: usize,
): void {
  const mark = arenaMark();
  const mixture = newMixture(d, dimensions, n, observed, w, 0, priorWeight, flags);
  sampleMixture(d, dimensions, n, mixture, priorWeight, count, u, x);
  arenaRelease(mark);
}

function newMixture(
  d: i32,
  dimensions: usize,
  n: i32,
  x: usize,
  w: usize,
  hint: usize,
  priorWeight: f64,
  flags: i32,
): usize {
  const mixture = arenaAlloc(mixtureBytes(n, d));
  const mark = arenaMark();
  buildMixture(d, dimensions, n, x, w, hint, priorWeight, flags, mixture, arenaAlloc(32 * <usize>n));
  arenaRelease(mark);
  return mixture;
}
