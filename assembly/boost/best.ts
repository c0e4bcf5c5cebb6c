import { l2, minSamples } from "./problem";
import { mask, scaleH, shift } from "./histogram";

// The best split of a node found so far. Left of it are the rows with
//   leftG, leftN   their entry's two lanes (histogram.ts)
//   bestSplit      numbers: the last bin of the left side, | MISSING_LEFT; categories: CATEGORY
//   SET            256 bits: the codes that go left, for categories
// Its score is G_l^2 / (H_l + l2) + G_r^2 / (H_r + l2), less which of the node itself is the gain. Among equal
// scores the first one tried stays.

export const MISSING_LEFT: i32 = 1 << 8;
export const CATEGORY: i32 = 1 << 9;
export const SET: usize = memory.data(32, 16);

export let bestScore: f64 = 0;
export let bestColumn: i32 = -1;
export let bestSplit: i32 = 0;
export let leftG: i64 = 0;
export let leftN: i64 = 0;

let G: i64 = 0; // of the node
let N: i64 = 0;
let hessian: f64 = 0;
let penalty: f64 = 0;
let leastHessian: f64 = 0;

const LEAST_HESSIAN: f64 = 1e-3; // of a child
/** Keeps divisions by H + l2 finite. */
export const NEVER_ZERO: f64 = 1e-15;
const ALMOST: f64 = 0.9999999999999991; // 1 - 2^-50
// A gain smaller than this part of the score is rounding.
const NOISE: f64 = 1.0 / 17592186044416.0; // 2^-44

/** No split yet, of a node with this entry. */
export function bestReset(entry: usize): void {
  G = load<i64>(entry);
  N = load<i64>(entry, 8);
  hessian = <f64>(N & mask);
  penalty = (l2 + NEVER_ZERO) * scaleH;
  leastHessian = LEAST_HESSIAN * scaleH;
  bestScore = 0;
  bestColumn = -1;
}

/** Whether the node's second derivatives leave anything to be split. */
export function bestPossible(): bool {
  return hessian >= leastHessian;
}

/** The gain of the best split in units of its own, comparable within a tree; 0 where there is none. */
export function bestGain(): f64 {
  if (bestColumn < 0) return 0;
  const own = (<f64>G * <f64>G) / (hessian + penalty);
  const gain = bestScore - own;
  return gain > NOISE * bestScore ? gain : 0;
}

/**
 * Tries splits along a sequence of `count` entries, the first at `at`, the next `step` bytes on: the left side has
 * (g, p) and the entries up to some place. Returns the place of the split that is the best one now, which the caller
 * then describes, or -1 where none is better than the best before.
 */
export function bestScan(at: usize, step: i32, count: i32, g: i64, p: i64): i32 {
  const totalG = G;
  const totalN = N;
  const allH = hessian;
  const bits = mask;
  // Row counts stand above the sums of h.
  const fewest = (<i64>minSamples) << shift;
  const leastH = leastHessian;
  const l = penalty;
  let found = -1;
  let top = bestScore;
  let almost = top * ALMOST;
  for (let i = 0; i < count; i++, at += step) {
    const here = load<i64>(at, 8);
    // After an empty bin the split is the one before it.
    if (here === 0) continue;
    g += load<i64>(at);
    p += here;
    if (p < fewest) continue;
    if (totalN - p < fewest) break;
    const H = <f64>(p & bits);
    if (H < leastH) continue;
    if (allH - H < leastH) break;
    const left = <f64>g;
    const right = <f64>(totalG - g);
    const u = H + l;
    const v = allH - H + l;
    const numerator = left * left * v + right * right * u;
    // Spares the division where the score cannot be higher, whatever rounding does.
    if (numerator < almost * (u * v)) continue;
    const score = numerator / (u * v);
    if (score > top) {
      top = score;
      almost = top * ALMOST;
      found = i;
      leftG = g;
      leftN = p;
    }
  }
  bestScore = top;
  return found;
}

export function bestDescribe(column: i32, split: i32): void {
  bestColumn = column;
  bestSplit = split;
}

/** Whether rows with this code go left; `missing` is the code of missing values. */
export function goesLeft(code: i32, split: i32, missing: i32, set: usize): bool {
  if (split & CATEGORY) return ((load<u8>(set + (code >> 3)) >> (code & 7)) & 1) !== 0;
  return code <= (split & 0xff) || (code === missing && (split & MISSING_LEFT) !== 0);
}

/** Adds a code to a set of 256 bits. */
export function setAdd(set: usize, code: i32): void {
  const word = set + ((code >> 5) << 2);
  store<i32>(word, load<i32>(word) | (1 << (code & 31)));
}
