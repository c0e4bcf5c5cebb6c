import { exp } from "../math/exp";
import { log } from "../math/log";
import { log1p } from "../math/log1p";
import { g, h, K, loss, n, quantile, raw, w, y } from "./problem";

// Losses of raw predictions z, and their derivatives:
//   squared    (z - y)^2 / 2           g = z - y                h = 1
//   absolute   |z - y|                 g = +-1                  h = 1
//   quantile   q (y - z)+ + (1-q)(z - y)+   g = -q or 1 - q     h = 1
//   poisson    e^z - y z               g = e^z - y              h = e^z
//   logistic   log(1 + e^z) - y z      g = p - y                h = p (1 - p),  p = 1 / (1 + e^-z)
//   softmax    log sum_k e^z_k - z_y   g_k = p_k - [y = k]      h_k = p_k (1 - p_k)
// For the second and third, the trees' leaves are quantiles of residuals (tree.ts).

export const SQUARED: i32 = 0;
export const ABSOLUTE: i32 = 1;
export const QUANTILE: i32 = 2;
const POISSON: i32 = 3;
const LOGISTIC: i32 = 4;

/** Fills g and h [K, n] at the training rows' raw predictions; returns their mean loss. */
export function boostGradients(): f64 {
  return pass(raw, y, w, n, true);
}

/** Mean loss of raw predictions z [K, m] against targets t [m], weighted by v [m] unless that is 0. */
export function boostLoss(z: usize, t: usize, v: usize, m: i32): f64 {
  return pass(z, t, v, m, false);
}

function pass(z: usize, t: usize, v: usize, m: i32, derive: bool): f64 {
  let sum: f64 = 0;
  let total: f64 = 0;
  for (let i = 0; i < m; i++) {
    const at = (<usize>i) << 3;
    const weight = v ? load<f64>(v + at) : 1.0;
    total += weight;
    sum +=
      weight *
      (K > 1
        ? softmax(z, m, at, load<f64>(t + at), weight, derive)
        : single(load<f64>(z + at), load<f64>(t + at), at, weight, derive));
  }
  return sum / total;
}

function single(z: f64, t: f64, at: usize, weight: f64, derive: bool): f64 {
  const r = z - t;
  let value: f64;
  let first: f64;
  let second: f64 = 1;
  if (loss === LOGISTIC) {
    const e = exp(-abs(z));
    const p = (z >= 0 ? 1.0 : e) / (1 + e);
    value = max(z, 0) - t * z + log1p(e);
    first = p - t;
    second = e / ((1 + e) * (1 + e));
  } else if (loss === POISSON) {
    second = exp(z);
    value = second - t * z;
    first = second - t;
  } else if (loss === SQUARED) {
    value = 0.5 * r * r;
    first = r;
  } else if (loss === ABSOLUTE) {
    value = abs(r);
    first = r > 0 ? 1 : -1;
  } else {
    first = r > 0 ? 1 - quantile : -quantile;
    value = r * first;
  }
  if (derive) {
    store<f64>(g + at, weight * first);
    store<f64>(h + at, weight * second);
  }
  return value;
}

function softmax(z: usize, m: i32, at: usize, t: f64, weight: f64, derive: bool): f64 {
  const stride = (<usize>m) << 3;
  const end = z + at + stride * <usize>K;
  let highest = load<f64>(z + at);
  for (let p = z + at; p < end; p += stride) highest = max(highest, load<f64>(p));
  let sum: f64 = 0;
  let to = at;
  for (let p = z + at; p < end; p += stride, to += stride) {
    const e = exp(load<f64>(p) - highest);
    if (derive) store<f64>(g + to, e);
    sum += e;
  }
  const own = <usize>t * stride + at;
  if (derive) {
    for (let k: usize = 0; k < <usize>K; k++) {
      const place = at + k * stride;
      const p = load<f64>(g + place) / sum;
      store<f64>(g + place, weight * (place === own ? p - 1 : p));
      store<f64>(h + place, weight * (p * (1 - p)));
    }
  }
  return log(sum) + highest - load<f64>(z + own);
}
