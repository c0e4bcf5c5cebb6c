import { arenaAlloc } from "../memory";
import { philox } from "../random/philox";
import { allowed, isBetter, take } from "./candidate";
import { highest, lowest, nodeCodes, valuesOf } from "./column";
import { amount, singleScore, slot, splitScore, v, weight } from "./target";

// One threshold of a feature, drawn by the node's key and the feature.

const TWO_M53: f64 = 1.1102230246251565e-16;
const THRESHOLDS: u32 = 2; // purpose of the draws
const FEW: i32 = 64;
const WORDS: usize = memory.data(16, 16);

let sums: usize = 0; // stats of the left side [v]

/** Before the first node of a tree. */
export function randomCutOpen(): void {
  sums = arenaAlloc((<usize>v) << 3);
}

/** Offers a split of the loaded column at a threshold uniform between its least value and its greatest. */
export function randomCut(feature: i32, count: i32, k0: u32, k1: u32): void {
  philox(k0, k1, <u32>feature, 0, 0, THRESHOLDS, WORDS);
  const u = <f64>(load<u64>(WORDS) >> 11) * TWO_M53;
  const values = valuesOf(feature);
  const least = load<f64>(values + ((<usize>lowest) << 3));
  const greatest = load<f64>(values + ((<usize>highest) << 3));
  let threshold = least * (1 - u) + greatest * u;
  if (!(threshold >= least && threshold < greatest)) threshold = least;
  const cut = lastUpTo(threshold, values, count);
  const score = v == 1 ? cutSingle(count, cut) : cutAt(count, cut);
  if (isBetter(feature, score)) take(feature, score, cut, threshold);
}

/** The score of one cut, NaN where it is not allowed. Which rows go left is not to be foreseen: no branches. */
function cutAt(count: i32, cut: u32): f64 {
  memory.fill(sums, 0, (<usize>v) << 3);
  let leftWeight: f64 = 0;
  let left = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    const isLeft = load<u32>(nodeCodes + (i << 2)) <= cut ? 1 : 0;
    const mask = 0 - <i64>isLeft;
    const stat = sums + ((<usize>load<u32>(slot + (i << 2))) << 3);
    store<f64>(stat, load<f64>(stat) + reinterpret<f64>(load<i64>(amount + (i << 3)) & mask));
    leftWeight += reinterpret<f64>(load<i64>(weight + (i << 3)) & mask);
    left += isLeft;
  }
  return allowed(left, count, leftWeight) ? splitScore(sums, leftWeight) : NaN;
}

/** The same for one stat, two rows at a time. */
function cutSingle(count: i32, cut: u32): f64 {
  const cuts = i32x4.splat(<i32>cut);
  let sum2 = f64x2.splat(0);
  let weight2 = f64x2.splat(0);
  let left2 = i64x2.splat(0);
  const pairs = <usize>count & ~1;
  for (let i: usize = 0; i < pairs; i += 2) {
    const mask = i64x2.extend_low_i32x4_s(i32x4.le_u(v128.load64_zero(nodeCodes + (i << 2)), cuts));
    sum2 = f64x2.add(sum2, v128.and(v128.load(amount + (i << 3)), mask));
    weight2 = f64x2.add(weight2, v128.and(v128.load(weight + (i << 3)), mask));
    left2 = i64x2.sub(left2, mask);
  }
  let sum = f64x2.extract_lane(sum2, 0) + f64x2.extract_lane(sum2, 1);
  let leftWeight = f64x2.extract_lane(weight2, 0) + f64x2.extract_lane(weight2, 1);
  let left = <i32>(i64x2.extract_lane(left2, 0) + i64x2.extract_lane(left2, 1));
  if (count & 1 && load<u32>(nodeCodes + (pairs << 2)) <= cut) {
    sum += load<f64>(amount + (pairs << 3));
    leftWeight += load<f64>(weight + (pairs << 3));
    left++;
  }
  return allowed(left, count, leftWeight) ? singleScore(sum, leftWeight) : NaN;
}

/**
 * A code that parts the node's rows like the threshold, which the value of the lowest code is at most
 * and that of the highest is not. Looking up the values of few rows, one beside the other, takes less time than a search, one after the other.
 */
function lastUpTo(threshold: f64, first: usize, count: i32): u32 {
  let cut = lowest;
  if (count <= FEW) {
    for (let i: usize = 0; i < <usize>count; i++) {
      const code = load<u32>(nodeCodes + (i << 2));
      cut = select(max(cut, code), cut, load<f64>(first + ((<usize>code) << 3)) <= threshold);
    }
    return cut;
  }
  for (let above = highest; above - cut > 1; ) {
    const half = cut + ((above - cut) >> 1);
    if (load<f64>(first + ((<usize>half) << 3)) <= threshold) cut = half;
    else above = half;
  }
  return cut;
}
