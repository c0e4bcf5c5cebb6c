import { nth } from "../linalg/product";
import { exp } from "../math/exp";
import { log } from "../math/log";
import { logSumExp } from "../math/log-sum-exp";
import { logGain, logGainSlope } from "./log-ei";
import { logGainDifference } from "./log-gain-difference";

// The logarithm of the expected hypervolume improvement of independent Gaussian predictions, lower outcomes are better:
//   log sum_k prod_j (psi_j(high_kj) - psi_j(low_kj)),  psi_j(c) = E max(c - f_j, 0) = sd_j h((c - mean_j) / sd_j)
// over the disjoint boxes k that make up what no point of the front dominates below a reference point.
// Boxes share edges, and in three dimensions and more also intervals between them; each is computed once.
// A front is a block of seven words and its scratch:
//   M objectives, BOXES and OF [boxes, m] i32: each box's interval of each objective
//   EDGES f64: the coordinates of every objective, one list after the other, EDGES_FROM [m + 1] i32: where they begin
//   INTERVALS [., 2] i32: places of the lower edge (-1: none) and of the upper one; INTERVALS_FROM [m + 1] i32
// In:   mean [m], variance [m]
// Out:  the value, and its derivatives by mean and variance [m]. Error: that of log-gain-difference.ts, m times
// Ref:  S. Daulton, M. Balandat & E. Bakshy, "Differentiable expected hypervolume improvement for parallel
//       multi-objective Bayesian optimization" (NeurIPS 2020); the logarithm: Ament et al. (NeurIPS 2023).

export const M: usize = 0;
export const BOXES: usize = 4;
export const OF: usize = 8;
export const EDGES: usize = 12;
export const EDGES_FROM: usize = 16;
export const INTERVALS: usize = 20;
export const INTERVALS_FROM: usize = 24;
const WORDS: usize = 32;

/** Bytes of a front's block with its scratch: three numbers an edge and an interval, one a box. */
export function frontBytes(edges: i32, intervals: i32, boxes: i32): usize {
  return WORDS + 24 * (<usize>edges + <usize>intervals) + 8 * <usize>boxes;
}

export function logHypervolumeGain(b: usize, mean: usize, variance: usize, byMean: usize, byVariance: usize): f64 {
  const m = load<i32>(b, M);
  const atEdges = b + WORDS;
  const atIntervals = nth(atEdges, 3 * item(load<usize>(b, EDGES_FROM), m));
  const terms = nth(atIntervals, 3 * item(load<usize>(b, INTERVALS_FROM), m));
  let unit = 0.0;
  for (let j = 0; j < m; j++) {
    const sd = sqrt(load<f64>(nth(variance, j)));
    unit += log(sd);
    gainsAtEdges(b, j, load<f64>(nth(mean, j)), sd, atEdges);
    gainsOfIntervals(b, j, atEdges, atIntervals);
    store<f64>(nth(byMean, j), 0);
    store<f64>(nth(byVariance, j), 0);
  }
  const boxes = load<i32>(b, BOXES);
  for (let k = 0; k < boxes; k++) {
    let sum = 0.0;
    for (let j = 0; j < m; j++) sum += load<f64>(intervalOf(b, k, j, atIntervals));
    store<f64>(nth(terms, k), sum);
  }
  const total = logSumExp(terms, boxes);
  for (let k = 0; k < boxes; k++) {
    const share = exp(load<f64>(nth(terms, k)) - total);
    for (let j = 0; j < m; j++) {
      const interval = intervalOf(b, k, j, atIntervals);
      add(nth(byMean, j), share * load<f64>(interval, 8));
      add(nth(byVariance, j), share * load<f64>(interval, 16));
    }
  }
  for (let j = 0; j < m; j++) {
    const sd = sqrt(load<f64>(nth(variance, j)));
    store<f64>(nth(byMean, j), -load<f64>(nth(byMean, j)) / sd);
    store<f64>(nth(byVariance, j), (0.5 * load<f64>(nth(byVariance, j))) / (sd * sd));
  }
  return unit + total;
}

// Of each of objective j's edges: z, log h(z), Phi(z) / h(z).
function gainsAtEdges(b: usize, j: i32, mean: f64, sd: f64, atEdges: usize): void {
  const from = load<usize>(b, EDGES_FROM);
  const end = item(from, j + 1);
  for (let i = item(from, j); i < end; i++) {
    const z = (load<f64>(nth(load<usize>(b, EDGES), i)) - mean) / sd;
    const out = nth(atEdges, 3 * i);
    store<f64>(out, z);
    store<f64>(out, logGain(z), 8);
    store<f64>(out, logGainSlope(z), 16);
  }
}

// Of each of objective j's intervals: see logGainDifference; one without a lower edge holds all of h.
function gainsOfIntervals(b: usize, j: i32, atEdges: usize, atIntervals: usize): void {
  const from = load<usize>(b, INTERVALS_FROM);
  const places = load<usize>(b, INTERVALS);
  const end = item(from, j + 1);
  for (let i = item(from, j); i < end; i++) {
    const lower = item(places, 2 * i);
    const upper = nth(atEdges, 3 * item(places, 2 * i + 1));
    const out = nth(atIntervals, 3 * i);
    if (lower >= 0) {
      logGainDifference(upper, nth(atEdges, 3 * lower), out);
      continue;
    }
    const slope = load<f64>(upper, 16);
    store<f64>(out, load<f64>(upper, 8));
    store<f64>(out, slope, 8);
    store<f64>(out, 1.0 - load<f64>(upper) * slope, 16);
  }
}

function intervalOf(b: usize, k: i32, j: i32, atIntervals: usize): usize {
  return nth(atIntervals, 3 * item(load<usize>(b, OF), k * load<i32>(b, M) + j));
}

function item(list: usize, i: i32): i32 {
  return load<i32>(list + ((<usize>i) << 2));
}

function add(to: usize, value: f64): void {
  store<f64>(to, load<f64>(to) + value);
}
