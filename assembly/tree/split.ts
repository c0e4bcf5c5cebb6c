import { arenaAlloc } from "../memory";
import { philox } from "../random/philox";
import { codesAreWide } from "./codes";
import { radixSort } from "./radix";
import { maxFeatures, minLeaf, minWeight, randomCuts } from "./rules";
import { amount, singleScore, slot, splitScore, totalWeight, v, weight } from "./target";

// The best split of a node: over the features looked at and, unless thresholds are random, over all thresholds
// between neighboring values that its rows have. Of equal scores the lowest feature wins, then the lowest threshold.
// Which features are looked at, and random thresholds, are functions of the node's key (see grow.ts): `maxFeatures`
// of them at random without repeats, and more while all so far were constant in the node.

const TWO_M53: f64 = 1.1102230246251565e-16;
const FEATURES: u32 = 1; // purposes of a node's draws
const THRESHOLDS: u32 = 2;
const FEW: i32 = 64;
const WORDS: usize = memory.data(16, 16);

let codes: usize = 0;
let values: usize = 0;
let offsets: usize = 0;
let wide: bool = false;
let n: i32 = 0;
let d: i32 = 0;

let order: usize = 0; // i32 [d], the features' order; the identity between two searches
let swaps: usize = 0; // i32 [d]
let nodeCodes: usize = 0; // u32 [n], by position in the node
let records: usize = 0; // u64 [n]
let spare: usize = 0;
let sums: usize = 0; // stats of the left side [v]
let bins: usize = 0; // [codes, v + 2]: stats, weight and number of rows

let score: f64 = 0;
/** The best split: its feature, the last code of its left side, its threshold. */
export let bestFeature: i32 = -1;
export let bestCut: u32 = 0;
export let bestThreshold: f64 = 0;
export let bestScore: f64 = 0;

export function splitOpen(tableCodes: usize, tableValues: usize, starts: usize, rows: i32, columns: i32): void {
  codes = tableCodes;
  values = tableValues;
  offsets = starts;
  n = rows;
  wide = codesAreWide(n);
  d = columns;
  order = arenaAlloc((<usize>d) << 2);
  swaps = arenaAlloc((<usize>d) << 2);
  for (let j = 0; j < d; j++) store<i32>(order + ((<usize>j) << 2), j);
  nodeCodes = arenaAlloc((<usize>n) << 2);
  records = arenaAlloc((<usize>n) << 3);
  spare = arenaAlloc((<usize>n) << 3);
  sums = arenaAlloc((<usize>v) << 3);
  bins = arenaAlloc((<usize>(2 * n)) << 3);
}

/** The code of a row in a column. */
export function codeOf(feature: i32, row: u32): u32 {
  const place = <usize>feature * <usize>n + <usize>row;
  return wide ? load<u32>(codes + (place << 2)) : load<u16>(codes + (place << 1));
}

/**
 * Searches the loaded node of `count` rows, whose numbers stand at `rows`; `constant` has a bit for each feature
 * that is known to be constant in it, and gets those that are found. bestFeature is -1 where there is no split.
 */
export function splitSearch(rows: usize, count: i32, constant: usize, k0: u32, k1: u32): void {
  bestFeature = -1;
  bestScore = -Infinity;
  const shuffled = maxFeatures < d;
  let looked = 0;
  let varies = false;
  while (looked < d && !(looked >= maxFeatures && varies)) {
    const feature = shuffled ? draw(looked, k0, k1) : looked;
    looked++;
    const byte = constant + (<usize>feature >> 3);
    const bit = 1 << (feature & 7);
    if (<i32>load<u8>(byte) & bit) continue;
    if (searchFeature(feature, rows, count, k0, k1)) varies = true;
    else store<u8>(byte, load<u8>(byte) | bit);
  }
  if (!shuffled) return;
  while (looked-- > 0) swap(looked, load<i32>(swaps + ((<usize>looked) << 2)));
}

/** The i-th feature of the node's order: a step of Fisher and Yates's shuffle. */
function draw(i: i32, k0: u32, k1: u32): i32 {
  if (!(i & 3)) philox(k0, k1, <u32>i >> 2, 0, 0, FEATURES, WORDS);
  const word = <u64>load<u32>(WORDS + ((<usize>i & 3) << 2));
  const other = i + <i32>((word * <u64>(d - i)) >> 32);
  store<i32>(swaps + ((<usize>i) << 2), other);
  swap(i, other);
  return load<i32>(order + ((<usize>i) << 2));
}

function swap(i: i32, j: i32): void {
  const a = order + ((<usize>i) << 2);
  const b = order + ((<usize>j) << 2);
  const held = load<i32>(a);
  store<i32>(a, load<i32>(b));
  store<i32>(b, held);
}

/** Whether the feature varies in the node; its best split becomes the best where it is. */
function searchFeature(feature: i32, rows: usize, count: i32, k0: u32, k1: u32): bool {
  let low: u32 = u32.MAX_VALUE;
  let high: u32 = 0;
  if (wide) {
    for (let i: usize = 0; i < <usize>count; i++) {
      const code = codeOf(feature, load<u32>(rows + (i << 2)));
      store<u32>(nodeCodes + (i << 2), code);
      low = min(low, code);
      high = max(high, code);
    }
  } else {
    const column = codes + ((<usize>feature * <usize>n) << 1);
    for (let i: usize = 0; i < <usize>count; i++) {
      const code = <u32>load<u16>(column + ((<usize>load<u32>(rows + (i << 2))) << 1));
      store<u32>(nodeCodes + (i << 2), code);
      low = min(low, code);
      high = max(high, code);
    }
  }
  if (low == high) return false;
  const range = high - low + 1;
  if (randomCuts) tryRandom(feature, count, low, high, k0, k1);
  else if (<u64>range * <u64>(v + 2) <= 2 * <u64>count) tryBinned(feature, count, low, range);
  else trySorted(feature, count, low, range);
  return true;
}

/** Few codes: sums by code. */
function tryBinned(feature: i32, count: i32, low: u32, range: u32): void {
  const stride = (<usize>(v + 2)) << 3;
  const weightAt = (<usize>v) << 3;
  memory.fill(bins, 0, <usize>range * stride);
  for (let i: usize = 0; i < <usize>count; i++) {
    const bin = bins + <usize>(load<u32>(nodeCodes + (i << 2)) - low) * stride;
    const stat = bin + ((<usize>load<u32>(slot + (i << 2))) << 3);
    store<f64>(stat, load<f64>(stat) + load<f64>(amount + (i << 3)));
    store<f64>(bin + weightAt, load<f64>(bin + weightAt) + load<f64>(weight + (i << 3)));
    store<f64>(bin + weightAt, load<f64>(bin + weightAt, 8) + 1, 8);
  }
  memory.fill(sums, 0, weightAt);
  let leftWeight: f64 = 0;
  let left = 0;
  let last = low;
  for (let c: u32 = 0; c < range; c++) {
    const bin = bins + <usize>c * stride;
    const size = <i32>load<f64>(bin + weightAt, 8);
    if (size == 0) continue;
    if (allowed(left, count, leftWeight)) {
      score = splitScore(sums, leftWeight);
      if (better(feature)) take(feature, last, between(feature, last, low + c));
    }
    for (let at: usize = 0; at < weightAt; at += 8) store<f64>(sums + at, load<f64>(sums + at) + load<f64>(bin + at));
    leftWeight += load<f64>(bin + weightAt);
    left += size;
    last = low + c;
  }
}

/** Many codes: rows in their order. */
function trySorted(feature: i32, count: i32, low: u32, range: u32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    store<u64>(records + (i << 3), ((<u64>(load<u32>(nodeCodes + (i << 2)) - low)) << 32) | <u64>i);
  }
  const sorted = radixSort(records, count, 32 - <i32>clz(range - 1), spare);
  if (v == 1) scanSingle(feature, count, low, sorted);
  else scan(feature, count, low, sorted);
}

/** Tries every cut of the records in their order. */
function scan(feature: i32, count: i32, low: u32, sorted: usize): void {
  memory.fill(sums, 0, (<usize>v) << 3);
  let leftWeight: f64 = 0;
  let code = load<u32>(sorted, 4);
  for (let left = 1; left < count; left++) {
    const record = sorted + ((<usize>left) << 3);
    const i = <usize>load<u32>(record - 8);
    const stat = sums + ((<usize>load<u32>(slot + (i << 2))) << 3);
    store<f64>(stat, load<f64>(stat) + load<f64>(amount + (i << 3)));
    leftWeight += load<f64>(weight + (i << 3));
    const next = load<u32>(record, 4);
    if (next == code) continue;
    if (allowed(left, count, leftWeight)) {
      score = splitScore(sums, leftWeight);
      if (better(feature)) take(feature, low + code, between(feature, low + code, low + next));
    }
    code = next;
  }
}

/** The same for one stat. */
function scanSingle(feature: i32, count: i32, low: u32, sorted: usize): void {
  let sum: f64 = 0;
  let leftWeight: f64 = 0;
  let code = load<u32>(sorted, 4);
  for (let left = 1; left < count; left++) {
    const record = sorted + ((<usize>left) << 3);
    const i = (<usize>load<u32>(record - 8)) << 3;
    sum += load<f64>(amount + i);
    leftWeight += load<f64>(weight + i);
    const next = load<u32>(record, 4);
    if (next == code) continue;
    score = singleScore(sum, leftWeight);
    if (better(feature) && allowed(left, count, leftWeight)) {
      take(feature, low + code, between(feature, low + code, low + next));
    }
    code = next;
  }
}

/** One threshold, uniform between the least value in the node and the greatest. */
function tryRandom(feature: i32, count: i32, low: u32, high: u32, k0: u32, k1: u32): void {
  philox(k0, k1, <u32>feature, 0, 0, THRESHOLDS, WORDS);
  const u = <f64>(load<u64>(WORDS) >> 11) * TWO_M53;
  const least = valueOf(feature, low);
  const greatest = valueOf(feature, high);
  let threshold = least * (1 - u) + greatest * u;
  if (!(threshold >= least && threshold < greatest)) threshold = least;
  const cut = lastUpTo(threshold, feature, count, low, high);
  if (v == 1) cutSingle(count, cut);
  else cutAt(count, cut);
  if (better(feature)) take(feature, cut, threshold);
}

/** Sets `score` to that of one cut, to NaN where it is not allowed. Which rows go left is not to be foreseen: no branches. */
function cutAt(count: i32, cut: u32): void {
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
  score = allowed(left, count, leftWeight) ? splitScore(sums, leftWeight) : NaN;
}

/** The same for one stat, two rows at a time. */
function cutSingle(count: i32, cut: u32): void {
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
  score = allowed(left, count, leftWeight) ? singleScore(sum, leftWeight) : NaN;
}

/**
 * A code that parts the node's rows like the threshold, which the value of code `low` is at most and that of `high` is
 * not. Looking up the values of few rows, one beside the other, takes less time than a search, one after the other.
 */
function lastUpTo(threshold: f64, feature: i32, count: i32, low: u32, high: u32): u32 {
  const first = values + ((<usize>load<i32>(offsets + ((<usize>feature) << 2))) << 3);
  let cut = low;
  if (count <= FEW) {
    for (let i: usize = 0; i < <usize>count; i++) {
      const code = load<u32>(nodeCodes + (i << 2));
      cut = select(max(cut, code), cut, load<f64>(first + ((<usize>code) << 3)) <= threshold);
    }
    return cut;
  }
  for (let above = high; above - cut > 1; ) {
    const half = cut + ((above - cut) >> 1);
    if (load<f64>(first + ((<usize>half) << 3)) <= threshold) cut = half;
    else above = half;
  }
  return cut;
}

function allowed(left: i32, count: i32, leftWeight: f64): bool {
  return left >= minLeaf && count - left >= minLeaf && leftWeight >= minWeight && totalWeight - leftWeight >= minWeight;
}

function better(feature: i32): bool {
  return score > bestScore || (score == bestScore && feature < bestFeature);
}

function take(feature: i32, cut: u32, threshold: f64): void {
  bestScore = score;
  bestFeature = feature;
  bestCut = cut;
  bestThreshold = threshold;
}

/** The middle of two neighboring values, or the lower one where there is no number in between. */
function between(feature: i32, low: u32, high: u32): f64 {
  const a = valueOf(feature, low);
  const b = valueOf(feature, high);
  const middle = a * 0.5 + b * 0.5;
  return middle >= a && middle < b ? middle : a;
}

function valueOf(feature: i32, code: u32): f64 {
  const first = load<i32>(offsets + ((<usize>feature) << 2));
  return load<f64>(values + ((<usize>first + <usize>code) << 3));
}
