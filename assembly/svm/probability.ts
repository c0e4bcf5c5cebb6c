import { cholesky, choleskySolve } from "../linalg/cholesky";
import { exp } from "../math/exp";
import { log } from "../math/log";
import { log1p } from "../math/log1p";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";

// Probabilities from the decision values of a one-vs-one machine.

const STEPS: i32 = 100;
const SUFFICIENT: f64 = 1e-4;
const LEAST_STEP: f64 = 1e-10;
const RIDGE: f64 = 1e-12;
/** Bound for both derivatives, relative to the number of samples. */
const TOLERANCE: f64 = 1e-10;
/** Pairwise probabilities are kept so far from 0 and 1. */
const CERTAIN: f64 = 1e-7;

// Fits P(first class | f) = 1 / (1 + exp(a f + b)) by maximum likelihood, with targets drawn in from 0 and 1 by
// their prior; Newton's method with a line search.
// In:   f [n] decision values; first i32 [n], 1 for the pair's first class, else 0
// Out:  out [2] = a, b
// Ref:  Lin, Lin & Weng (2007), A note on Platt's probabilistic outputs for support vector machines.
export function svmSigmoid(f: usize, first: usize, n: i32, out: usize): void {
  let positive: f64 = 0;
  for (let i: usize = 0; i < <usize>n; i++) positive += load<i32>(first + (i << 2));
  const negative = <f64>n - positive;
  const high = (positive + 1) / (positive + 2);
  const low = 1 / (negative + 2);
  let a: f64 = 0;
  let b = log((negative + 1) / (positive + 1));
  let value = likelihood(f, first, n, high, low, a, b);
  for (let step = 0; step < STEPS; step++) {
    let aa = RIDGE;
    let bb = RIDGE;
    let ab: f64 = 0;
    let ga: f64 = 0;
    let gb: f64 = 0;
    for (let i: usize = 0; i < <usize>n; i++) {
      const x = load<f64>(f + (i << 3));
      const p = sigmoid(a * x + b);
      const gain = (load<i32>(first + (i << 2)) === 1 ? high : low) - p;
      const bend = p * (1 - p);
      aa += x * x * bend;
      bb += bend;
      ab += x * bend;
      ga += x * gain;
      gb += gain;
    }
    if (abs(ga) <= TOLERANCE * <f64>n && abs(gb) <= TOLERANCE * <f64>n) break;
    const determinant = aa * bb - ab * ab;
    const da = -(bb * ga - ab * gb) / determinant;
    const db = -(aa * gb - ab * ga) / determinant;
    const slope = ga * da + gb * db;
    let length: f64 = 1;
    let accepted = false;
    for (; length >= LEAST_STEP && !accepted; length *= 0.5) {
      const next = likelihood(f, first, n, high, low, a + length * da, b + length * db);
      if (!(next < value + SUFFICIENT * length * slope)) continue;
      a += length * da;
      b += length * db;
      value = next;
      accepted = true;
    }
    if (!accepted) break;
  }
  store<f64>(out, a);
  store<f64>(out, b, 8);
}

// The negative log-likelihood.
function likelihood(f: usize, first: usize, n: i32, high: f64, low: f64, a: f64, b: f64): f64 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const x = a * load<f64>(f + (i << 3)) + b;
    const target = load<i32>(first + (i << 2)) === 1 ? high : low;
    // t x + log(1 + exp(-x)), without overflow.
    sum += (x >= 0 ? target * x : (target - 1) * x) + log1p(exp(-abs(x)));
  }
  return sum;
}

// 1 / (1 + exp(x))
function sigmoid(x: f64): f64 {
  const e = exp(-abs(x));
  return x >= 0 ? e / (1 + e) : 1 / (1 + e);
}

// Class probabilities by pairwise coupling: of the pairs' r_ij = P(i | i or j), the p that minimizes
//   sum_{i != j} (r_ji p_i - r_ij p_j)^2 = 2 p'Q p  with  sum_i p_i = 1
// which is a multiple of (Q + e e')^-1 e, e all ones. With two classes p is r.
// In:   values [m, pairs] as `svmDecide` leaves them; sigmoids [pairs, 2] = a, b; k classes
// Out:  P [m, k]; each row >= 0 and of sum 1
// Ref:  Wu, Lin & Weng (2004), Probability estimates for multi-class classification by pairwise coupling, method 2.
export function svmProbabilities(values: usize, m: i32, sigmoids: usize, k: i32, P: usize): void {
  const mark = arenaMark();
  const stride = (<usize>k) << 3;
  const r = arenaAlloc(<usize>k * stride);
  const Q = arenaAlloc(<usize>k * stride);
  for (let row = 0; row < m; row++) {
    let pair = sigmoids;
    for (let i: usize = 0; i < <usize>k; i++) {
      for (let j = i + 1; j < <usize>k; j++) {
        const p = sigmoid(load<f64>(pair) * load<f64>(values) + load<f64>(pair, 8));
        const kept = min(max(p, CERTAIN), 1 - CERTAIN);
        store<f64>(r + i * stride + (j << 3), kept);
        store<f64>(r + j * stride + (i << 3), 1 - kept);
        pair += 16;
        values += 8;
      }
    }
    if (k === 2) {
      store<f64>(P, load<f64>(r, 8));
      store<f64>(P, 1 - load<f64>(r, 8), 8);
    } else couple(r, k, Q, P);
    P += stride;
  }
  arenaRelease(mark);
}

function couple(r: usize, k: i32, Q: usize, p: usize): void {
  const stride = (<usize>k) << 3;
  for (let i: usize = 0; i < <usize>k; i++) {
    let square: f64 = 0;
    for (let j: usize = 0; j < <usize>k; j++) {
      if (i === j) continue;
      const against = load<f64>(r + j * stride + (i << 3));
      square += against * against;
      store<f64>(Q + i * stride + (j << 3), 1 - against * load<f64>(r + i * stride + (j << 3)));
    }
    store<f64>(Q + i * stride + (i << 3), 1 + square);
    store<f64>(p + (i << 3), 1);
  }
  cholesky(k, Q, k);
  choleskySolve(k, Q, k, p);
  let sum: f64 = 0;
  for (let at: usize = 0; at < stride; at += 8) {
    const positive = max(0, load<f64>(p + at));
    store<f64>(p + at, positive);
    sum += positive;
  }
  for (let at: usize = 0; at < stride; at += 8) store<f64>(p + at, load<f64>(p + at) / sum);
}
