import { valuesOf } from "./column";
import { minLeaf, minWeight } from "./rules";
import { totalWeight } from "./target";

// The best split of a node among those offered so far. Of equal scores the lowest feature wins, then the lowest
// threshold, as each feature offers its own in increasing order.

/** -1 where there is none. */
export let bestFeature: i32 = -1;
export let bestScore: f64 = 0;
/** The last code of its left side. */
export let bestCut: u32 = 0;
export let bestThreshold: f64 = 0;

export function noCandidate(): void {
  bestFeature = -1;
  bestScore = -Infinity;
}

/** Whether both sides of a node of `count` rows have what leaves must have. */
export function allowed(left: i32, count: i32, leftWeight: f64): bool {
  return left >= minLeaf && count - left >= minLeaf && leftWeight >= minWeight && totalWeight - leftWeight >= minWeight;
}

/** Whether a split of this score, which may be NaN, is to be taken. */
export function isBetter(feature: i32, score: f64): bool {
  return score > bestScore || (score == bestScore && feature < bestFeature);
}

export function take(feature: i32, score: f64, cut: u32, threshold: f64): void {
  bestScore = score;
  bestFeature = feature;
  bestCut = cut;
  bestThreshold = threshold;
}

/** Takes the split between two neighboring codes, at their middle, or the lower one where no number is in between. */
export function takeBetween(feature: i32, score: f64, low: u32, high: u32): void {
  const values = valuesOf(feature);
  const a = load<f64>(values + ((<usize>low) << 3));
  const b = load<f64>(values + ((<usize>high) << 3));
  const middle = a * 0.5 + b * 0.5;
  take(feature, score, low, middle >= a && middle < b ? middle : a);
}
