import { truncatedQuantile } from "../random/truncated-normal";
import { CATEGORY, countOf, DIMENSION_BYTES, fromUnit, kindOf } from "./dimension";
import { musAt, sigmasAt, weightsAt } from "./mixture";

/**
 * Draws candidates from a mixture (mixture.ts): a kernel by its weight, then each dimension from that kernel.
 * In:   u [candidates, 1 + d] in [0, 1), the first of a row for the kernel
 * Out:  x [d, candidates], allowed values, a row a dimension
 */
export function sampleMixture(
  d: i32,
  dimensions: usize,
  n: i32,
  mixture: usize,
  priorWeight: f64,
  candidates: i32,
  u: usize,
  x: usize,
): void {
  for (let c = 0; c < candidates; c++) {
    const k = pickKernel(n, weightsAt(mixture), load<f64>(u));
    for (let j = 0; j < d; j++) {
      const dimension = dimensions + <usize>j * DIMENSION_BYTES;
      const mu = load<f64>(musAt(mixture, n, j) + ((<usize>k) << 3));
      const draw = load<f64>(u + ((<usize>j) << 3), 8);
      let value: f64;
      if (kindOf(dimension) == CATEGORY) {
        value = pickCategory(k == n, mu, priorWeight / (<f64>n + 1.0), countOf(dimension), draw);
      } else {
        const sigma = load<f64>(sigmasAt(mixture, n, d, j) + ((<usize>k) << 3));
        const t = mu + sigma * truncatedQuantile(-mu / sigma, (1.0 - mu) / sigma, draw);
        value = fromUnit(dimension, min(max(t, 0.0), 1.0));
      }
      store<f64>(x + ((<usize>j * <usize>candidates + <usize>c) << 3), value);
    }
    u += (<usize>d + 1) << 3;
  }
}

/** The first kernel at which the weights' running sum exceeds u; rounding must not pick one of weight 0. */
function pickKernel(n: i32, weights: usize, u: f64): i32 {
  let sum = 0.0;
  let last = 0;
  for (let k = 0; k <= n; k++) {
    const weight = load<f64>(weights + ((<usize>k) << 3));
    if (weight == 0) continue;
    sum += weight;
    last = k;
    if (u < sum) break;
  }
  return last;
}

/** A category: each has weight `miss`, the observed one 1 + miss; in the prior all are alike. */
function pickCategory(prior: bool, observed: f64, miss: f64, count: f64, u: f64): f64 {
  if (prior) return min(floor(u * count), count - 1.0);
  const place = u * (1.0 + count * miss) - observed * miss;
  if (place < 0) return floor((u * (1.0 + count * miss)) / miss);
  if (place < 1.0 + miss || miss == 0) return observed;
  return min(observed + 1.0 + floor((place - 1.0 - miss) / miss), count - 1.0);
}
