import { log } from "../math/log";
import { arenaAlloc } from "../memory";
import { criterion } from "./rules";

// What a node knows of its rows' targets: additive numbers, by which splits are scored.
//   Gini, k > 2 and entropy   v = k stats, the weight of each class: a row adds its weight in its class's slot
//   Gini, k = 2               v = 1 stat, the weight of the second class
//   squared error             v = 1 stat, sum of w t, t = the target from the middle of the node's range in units
//                             of 2^-exponent, rounded to a whole number
// A split's score is score(left) + score(right), score = sum s^2 / w, or for entropy sum s log s - w log w. The
// more, the better: what the split takes off the node's impurity times weight is `unit` (score of split - score).
// Weights are multiples of one power of two such that all sums of them are exact (the caller's part), and the
// whole numbers t are small enough that theirs are (with whole weights; else sums are rounded): stats do not depend
// on the order of rows, and splits that divide the rows alike tie exactly.

const ENTROPY: i32 = 1;
const SQUARED_ERROR: i32 = 2;
/** The sum of |w t| over a node stays below 2^SUM_BITS. */
const SUM_BITS: i32 = 52;

let y: usize = 0;
let weights: usize = 0;
let classes: i32 = 0;

/** Number of stats. */
export let v: i32 = 1;
/** By position in the node: the row's slot (i32), what it adds there, and its weight. */
export let slot: usize = 0;
export let amount: usize = 0;
export let weight: usize = 0;
/** Sums over the node: stats [v] and weight. */
export let totals: usize = 0;
export let totalWeight: f64 = 0;
/** Whether all targets of the node are equal. */
export let pure: bool = false;
/** What turns a difference of scores into impurity times weight. */
export let unit: f64 = 1;

let middle: f64 = 0;
let scale: f64 = 1;

/** Before the first node: y is f64 [n] for squared error, else i32 [n] below k; weights [n] > 0 where rows count. */
export function targetOpen(targets: usize, k: i32, w: usize, n: i32): void {
  y = targets;
  classes = k;
  weights = w;
  v = criterion == SQUARED_ERROR || (criterion != ENTROPY && k == 2) ? 1 : k;
  unit = criterion == ENTROPY ? Math.LOG2E : criterion == SQUARED_ERROR ? 1 : v == 1 ? 2 : 1;
  slot = arenaAlloc((<usize>n) << 2);
  amount = arenaAlloc((<usize>n) << 3);
  weight = arenaAlloc((<usize>n) << 3);
  totals = arenaAlloc((<usize>v) << 3);
}

/** Turns to the node of `count` rows, whose numbers stand at `rows`. */
export function targetLoad(rows: usize, count: i32): void {
  memory.fill(totals, 0, (<usize>v) << 3);
  totalWeight = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    const w = load<f64>(weights + ((<usize>load<u32>(rows + (i << 2))) << 3));
    store<f64>(weight + (i << 3), w);
    totalWeight += w;
  }
  if (criterion == SQUARED_ERROR) loadValues(rows, count);
  else loadClasses(rows, count);
}

function loadClasses(rows: usize, count: i32): void {
  const first = load<i32>(y + ((<usize>load<u32>(rows)) << 2));
  pure = true;
  for (let i: usize = 0; i < <usize>count; i++) {
    const code = load<i32>(y + ((<usize>load<u32>(rows + (i << 2))) << 2));
    if (code != first) pure = false;
    const w = load<f64>(weight + (i << 3));
    const adds = v == 1 ? w * <f64>code : w;
    const at = v == 1 ? 0 : code;
    store<i32>(slot + (i << 2), at);
    store<f64>(amount + (i << 3), adds);
    const total = totals + ((<usize>at) << 3);
    store<f64>(total, load<f64>(total) + adds);
  }
}

function loadValues(rows: usize, count: i32): void {
  let low: f64 = Infinity;
  let high: f64 = -Infinity;
  for (let i: usize = 0; i < <usize>count; i++) {
    const value = valueOf(rows, i);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  pure = low == high;
  middle = pure ? low : low * 0.5 + high * 0.5;
  // |t| <= 2^exponent (high - middle), and the weights sum to less than 2^(exponentOf + 1).
  const reach = max(high - middle, middle - low);
  const exponent = max(-1000, min(1000, SUM_BITS - 2 - exponentOf(reach) - exponentOf(totalWeight)));
  scale = reinterpret<f64>((<u64>(exponent + 1023)) << 52);
  const inverse = reinterpret<f64>((<u64>(1023 - exponent)) << 52);
  unit = inverse * inverse;
  let sum: f64 = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    const adds = nearest(load<f64>(weight + (i << 3)) * nearest((valueOf(rows, i) - middle) * scale));
    store<i32>(slot + (i << 2), 0);
    store<f64>(amount + (i << 3), adds);
    sum += adds;
  }
  store<f64>(totals, sum);
}

/** Writes the loaded node's prediction: class shares [k], or the mean target. */
export function targetPredict(rows: usize, count: i32, out: usize): void {
  if (criterion == SQUARED_ERROR) {
    store<f64>(out, pure ? middle : middle + load<f64>(totals) / totalWeight / scale);
    return;
  }
  memory.fill(out, 0, (<usize>classes) << 3);
  for (let i: usize = 0; i < <usize>count; i++) {
    const share = out + ((<usize>load<u32>(y + ((<usize>load<u32>(rows + (i << 2))) << 2))) << 3);
    store<f64>(share, load<f64>(share) + load<f64>(weight + (i << 3)));
  }
  for (let c: usize = 0; c < <usize>classes; c++) {
    store<f64>(out + (c << 3), load<f64>(out + (c << 3)) / totalWeight);
  }
}

/** The score of the whole node. */
export function totalScore(): f64 {
  let sum: f64 = 0;
  for (let c: usize = 0; c < <usize>v; c++) {
    const s = load<f64>(totals + (c << 3));
    sum += criterion == ENTROPY ? xLogX(s) : s * s;
  }
  return criterion == ENTROPY ? sum - xLogX(totalWeight) : sum / totalWeight;
}

/** The score of the split whose left side has this stat and weight, where there is one stat. */
export function singleScore(left: f64, leftWeight: f64): f64 {
  const right = load<f64>(totals) - left;
  const rightWeight = totalWeight - leftWeight;
  return (left * left * rightWeight + right * right * leftWeight) / (leftWeight * rightWeight);
}

/** The score of the split whose left side has these stats [v] and weight. */
export function splitScore(left: usize, leftWeight: f64): f64 {
  if (v == 1) return singleScore(load<f64>(left), leftWeight);
  const rightWeight = totalWeight - leftWeight;
  let a: f64 = 0;
  let b: f64 = 0;
  if (criterion == ENTROPY) {
    for (let c: usize = 0; c < <usize>v; c++) {
      const s = load<f64>(left + (c << 3));
      a += xLogX(s);
      b += xLogX(load<f64>(totals + (c << 3)) - s);
    }
    return a - xLogX(leftWeight) + (b - xLogX(rightWeight));
  }
  for (let c: usize = 0; c < <usize>v; c++) {
    const s = load<f64>(left + (c << 3));
    const r = load<f64>(totals + (c << 3)) - s;
    a += s * s;
    b += r * r;
  }
  return a / leftWeight + b / rightWeight;
}

function xLogX(x: f64): f64 {
  return x > 0 ? x * log(x) : 0;
}

function valueOf(rows: usize, i: usize): f64 {
  return load<f64>(y + ((<usize>load<u32>(rows + (i << 2))) << 3));
}

/** floor(log2 x) of a normal x > 0; -1023 for 0. */
function exponentOf(x: f64): i32 {
  return <i32>(reinterpret<u64>(x) >> 52) - 1023;
}
