import { log, logArray } from "../math/log";
import { argsort, settle } from "./argsort";
import { CATEGORY, countOf, DIMENSION_BYTES, isStepped, kindOf, toUnit } from "./dimension";
import { unitMass } from "./cell-mass";

// A Parzen estimator: a mixture of m = n + 1 kernels, one for each observation and last the prior. A kernel is
// a product over the d dimensions of a normal cut to the unit interval (also of its cells' masses), or of
// category weights.
//
// As a block of f64: weight [m], log weight [m], mu [d, m], sigma [d, m], and order [d, n] i32.
//   weight  normalized
//   mu      the observation in the unit interval, the prior's is 1/2; of a category the observed one
//   sigma   the larger gap to a neighbor among the sorted observations, within limits; the prior's is 1
//   order   positions of a dimension's observations in ascending order (not for categories)
// A category's weights follow from the observed one: hit for it, miss for the others, all alike in the prior.
// Ref: J. Bergstra et al., "Algorithms for hyper-parameter optimization" (NeurIPS 2011); S. Watanabe,
// "Tree-structured Parzen estimator" (arXiv:2304.11127); limits as in Optuna 5.
// Golden: test/vectors/tpe-parzen.json

/** Keeps bandwidths above 1 / min(100, m + 1), else above 1e-12. */
export const MAGIC_CLIP: i32 = 1;
/** Counts the range's ends as neighbors of the outermost observations, also when there are two or more. */
export const ENDPOINTS: i32 = 2;

const LOG_SQRT_2PI: f64 = 0.9189385332046727;
/** More than -log of the mass within the range, at the range's end with a bandwidth as wide as the range. */
const LEAST_MASS: f64 = 1.1;

export function mixtureBytes(n: i32, d: i32): usize {
  const m = <usize>n + 1;
  return 8 * (2 * m + 2 * <usize>d * m) + 4 * <usize>d * <usize>n;
}
export function weightsAt(mixture: usize): usize {
  return mixture;
}
export function logWeightsAt(mixture: usize, n: i32): usize {
  return mixture + ((<usize>n + 1) << 3);
}
export function musAt(mixture: usize, n: i32, j: i32): usize {
  return mixture + ((<usize>n + 1) << 3) * (2 + <usize>j);
}
export function sigmasAt(mixture: usize, n: i32, d: i32, j: i32): usize {
  return mixture + ((<usize>n + 1) << 3) * (2 + <usize>(d + j));
}
export function orderAt(mixture: usize, n: i32, d: i32, j: i32): usize {
  return mixture + ((<usize>n + 1) << 3) * (2 + 2 * <usize>d) + ((<usize>n * <usize>j) << 2);
}

/** Log weight of the observed category (hit) and of any other (miss) in an observation's kernel. */
export function logHit(n: i32, priorWeight: f64, count: f64): f64 {
  const miss = priorWeight / (<f64>n + 1.0);
  return log((1.0 + miss) / (1.0 + count * miss));
}
export function logMiss(n: i32, priorWeight: f64, count: f64): f64 {
  const miss = priorWeight / (<f64>n + 1.0);
  return log(miss / (1.0 + count * miss));
}

/**
 * Builds the mixture [mixtureBytes(n, d)] of the observations x [d, n] (a row a dimension) with weights
 * w [n] >= 0, the prior's being priorWeight. Hint: 0, or an order [d, n i32] that is nearly the ascending one of
 * each dimension. Scratch: 32 n bytes.
 */
export function buildMixture(
  d: i32,
  dimensions: usize,
  n: i32,
  x: usize,
  w: usize,
  hint: usize,
  priorWeight: f64,
  flags: i32,
  mixture: usize,
  scratch: usize,
): void {
  normalizeWeights(n, w, priorWeight, mixture);
  for (let j = 0; j < d; j++) {
    const dimension = dimensions + <usize>j * DIMENSION_BYTES;
    const mu = musAt(mixture, n, j);
    toUnit(dimension, n, x + ((<usize>j * <usize>n) << 3), mu);
    if (kindOf(dimension) == CATEGORY) continue;
    const order = orderAt(mixture, n, d, j);
    const sigma = sigmasAt(mixture, n, d, j);
    const bytes = (<usize>n) << 2;
    if (hint) memory.copy(order, hint + bytes * <usize>j, bytes);
    if (!hint || !bandwidths(n, mu, order, flags, sigma)) {
      if (!hint || !settle(mu, n, order)) argsort(mu, n, order, scratch);
      bandwidths(n, mu, order, flags, sigma);
    }
    store<f64>(mu + ((<usize>n) << 3), 0.5);
    store<f64>(sigma + ((<usize>n) << 3), 1.0);
  }
}

/** The weights divided by their sum, and their logarithms. Without observations the prior stands alone. */
function normalizeWeights(n: i32, w: usize, priorWeight: f64, mixture: usize): void {
  const weights = weightsAt(mixture);
  const prior = n == 0 ? 1.0 : priorWeight;
  let total = 0.0;
  for (let k = 0; k < n; k++) total += load<f64>(w + ((<usize>k) << 3));
  total += prior;
  for (let k = 0; k <= n; k++) {
    const weight = (k < n ? load<f64>(w + ((<usize>k) << 3)) : prior) / total;
    store<f64>(weights + ((<usize>k) << 3), weight);
  }
  logArray(weights, n + 1, logWeightsAt(mixture, n));
}

/** False, and sigma is not to be used, where the order is not the ascending one, equal numbers by position. */
function bandwidths(n: i32, mu: usize, order: usize, flags: i32, sigma: usize): bool {
  if (n == 0) return true;
  const least = flags & MAGIC_CLIP ? 1.0 / min(100.0, <f64>n + 2.0) : 1e-12;
  const first = (<usize>load<i32>(order)) << 3;
  let k = first;
  let here = load<f64>(mu + k);
  let previous = 0.0;
  let firstGap = 0.0;
  for (let at = order + 4, end = order + ((<usize>n) << 2); at < end; at += 4) {
    const ahead = (<usize>load<i32>(at)) << 3;
    const next = load<f64>(mu + ahead);
    if (!(here < next || (here == next && k < ahead))) return false;
    if (k == first) firstGap = next - here;
    store<f64>(sigma + k, bandwidth(here - previous, next - here, least));
    previous = here;
    here = next;
    k = ahead;
  }
  const inner = !(flags & ENDPOINTS) && n > 1;
  store<f64>(sigma + k, bandwidth(here - previous, inner ? 0.0 : 1.0 - here, least));
  if (inner) store<f64>(sigma + first, bandwidth(0.0, firstGap, least));
  return true;
}

/** The larger gap within the limits. As vectors: a branch on which it is would be guessed wrong half of the time. */
function bandwidth(before: f64, after: f64, least: f64): f64 {
  const gap = f64x2.pmax(f64x2.splat(before), f64x2.splat(after));
  return f64x2.extract_lane(f64x2.pmin(f64x2.pmax(gap, f64x2.splat(least)), f64x2.splat(1.0)), 0);
}

// Most kernels are narrow and alike: one logarithm serves them all.
let known: f64 = 1.0;
let logKnown: f64 = 0.0;

/**
 * Kernel k's log weight less what makes its density, or its cells' masses, add up to one in every dimension. The
 * prior's category weights count here as well.
 */
export function baseOf(d: i32, dimensions: usize, n: i32, mixture: usize, k: i32): f64 {
  const at = (<usize>k) << 3;
  let base = load<f64>(logWeightsAt(mixture, n) + at);
  for (let j = 0; j < d; j++) {
    const dimension = dimensions + <usize>j * DIMENSION_BYTES;
    if (kindOf(dimension) == CATEGORY) {
      if (k == n) base -= log(countOf(dimension));
      continue;
    }
    const s = load<f64>(sigmasAt(mixture, n, d, j) + at);
    const mass = unitMass(load<f64>(musAt(mixture, n, j) + at), s);
    const stepped = isStepped(dimension);
    const divisor = stepped ? mass : mass * s;
    if (divisor != known) {
      known = divisor;
      logKnown = log(divisor);
    }
    base -= logKnown;
    if (!stepped) base -= LOG_SQRT_2PI;
  }
  return base;
}

/** At least what `baseOf` is above the log weight, of any kernel. */
export function mostAdded(d: i32, dimensions: usize, n: i32, mixture: usize): f64 {
  let sum = 0.0;
  for (let j = 0; j < d; j++) {
    const dimension = dimensions + <usize>j * DIMENSION_BYTES;
    if (kindOf(dimension) == CATEGORY) continue;
    sum += LEAST_MASS;
    if (isStepped(dimension)) continue;
    const sigma = sigmasAt(mixture, n, d, j);
    let least = f64x2.splat(1.0);
    for (let k: usize = 0, end = (<usize>n) << 3; k < end; k += 8) {
      least = f64x2.pmin(least, v128.load64_splat(sigma + k));
    }
    sum -= log(f64x2.extract_lane(least, 0)) + LOG_SQRT_2PI;
  }
  return sum;
}
