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
let count: i64 = 0;
let hessian: f64 = 0;
let penalty: f64 = 0;
let leastHessian: f64 = 0;

const LEAST_HESSIAN: f64 = 1e-3; // of a child
/** Keeps divisions by H + l2 finite. */
export const NEVER_ZERO: f64 = 1e-15;
// A gain smaller than this part of the score is rounding.
const NOISE: f64 = 5.684341886080802e-14; // 2^-44

/** No split yet, of a node with this entry. */
export function bestReset(entry: usize): void {
  G = load<i64>(entry);
  N = load<i64>(entry, 8);
  count = N >> shift;
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

export const TOO_FEW_RIGHT: i32 = 1;
export const BETTER: i32 = 2;

/**
 * Tries the split with sums (g, p) on the left: BETTER where it becomes the best one (the caller then describes it),
 * TOO_FEW_RIGHT where its right side is too small, as it will be with more on the left.
 */
export function bestTry(g: i64, p: i64): i32 {
  const samples = p >> shift;
  if (samples < <i64>minSamples) return 0;
  if (count - samples < <i64>minSamples) return TOO_FEW_RIGHT;
  const H = <f64>(p & mask);
  if (H < leastHessian) return 0;
  const other = <f64>((N - p) & mask);
  if (other < leastHessian) return TOO_FEW_RIGHT;
  const left = <f64>g;
  const right = <f64>(G - g);
  const u = H + penalty;
  const v = other + penalty;
  const score = (left * left * v + right * right * u) / (u * v);
  if (!(score > bestScore)) return 0;
  bestScore = score;
  leftG = g;
  leftN = p;
  return BETTER;
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
