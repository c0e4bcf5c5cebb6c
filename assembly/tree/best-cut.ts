import { arenaAlloc } from "../memory";
import { allowed, isBetter, takeBetween } from "./candidate";
import { highest, lowest, nodeCodes } from "./column";
import { radixSort } from "./radix";
import { amount, singleScore, slot, splitScore, v, weight } from "./target";

// The best threshold of one feature: all those between neighboring values that the node's rows have are tried.

let records: usize = 0; // u64 [n]
let spare: usize = 0;
let sums: usize = 0; // stats of the left side [v]
let bins: usize = 0; // [codes, v + 2]: stats, weight and number of rows

/** Before the first node of a tree over n rows. */
export function bestCutOpen(n: i32): void {
  records = arenaAlloc((<usize>n) << 3);
  spare = arenaAlloc((<usize>n) << 3);
  sums = arenaAlloc((<usize>v) << 3);
  bins = arenaAlloc((<usize>n) << 4);
}

/** Offers the splits of the loaded column, for the loaded node of `count` rows. */
export function bestCut(feature: i32, count: i32): void {
  if (<u64>(highest - lowest + 1) * <u64>(v + 2) <= 2 * <u64>count) tryBinned(feature, count);
  else trySorted(feature, count);
}

/** Few codes: sums by code. */
function tryBinned(feature: i32, count: i32): void {
  const low = lowest;
  const range = highest - low + 1;
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
      const score = splitScore(sums, leftWeight);
      if (isBetter(feature, score)) takeBetween(feature, score, last, low + c);
    }
    for (let at: usize = 0; at < weightAt; at += 8) store<f64>(sums + at, load<f64>(sums + at) + load<f64>(bin + at));
    leftWeight += load<f64>(bin + weightAt);
    left += size;
    last = low + c;
  }
}

/** Many codes: rows in their order. */
function trySorted(feature: i32, count: i32): void {
  const low = lowest;
  for (let i: usize = 0; i < <usize>count; i++) {
    store<u64>(records + (i << 3), ((<u64>(load<u32>(nodeCodes + (i << 2)) - low)) << 32) | <u64>i);
  }
  const sorted = radixSort(records, count, 32 - <i32>clz(highest - low), spare);
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
      const score = splitScore(sums, leftWeight);
      if (isBetter(feature, score)) takeBetween(feature, score, low + code, low + next);
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
    const score = singleScore(sum, leftWeight);
    if (isBetter(feature, score) && allowed(left, count, leftWeight)) {
      takeBetween(feature, score, low + code, low + next);
    }
    code = next;
  }
}
