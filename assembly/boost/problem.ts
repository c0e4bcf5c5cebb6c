import { arenaAlloc } from "../memory";

// Histogram gradient boosting: the fit under way, set once by `boostOpen` and read by every kernel of the family.
// Stage after stage, each class's trees fit -g/h, where g and h are the loss's first and second derivatives with
// respect to the raw predictions, on the binned table. Letters of the family:
//   n, d          samples, columns
//   K             raw predictions a sample: the number of classes beyond two, else 1
//   bins u8 [d, n], see bin.ts
//   raw [K, n]    raw predictions so far
//   y [n]         targets; for classes their numbers
//   w [n] or 0    weights
//   g, h [K, n]   derivatives, times the weights
//   G, H          their sums over a node
//   rows i32 [n]  row numbers; a node's are a run of them, in increasing order
// Ref:  Ke et al. (2017), LightGBM; Friedman (2001), Greedy function approximation. Leaf-wise growth, sums and
//       limits as in scikit-learn's HistGradientBoosting.  Golden: test/vectors/boost.json

export let n: i32 = 0;
export let d: i32 = 0;
export let K: i32 = 0;
export let bins: usize = 0;
export let raw: usize = 0;
export let y: usize = 0;
export let w: usize = 0;
export let g: usize = 0;
export let h: usize = 0;
export let rows: usize = 0;
export let loss: i32 = 0;
export let quantile: f64 = 0;
export let learningRate: f64 = 0;
/** 0 for no limit. */
export let maxLeaves: i32 = 0;
/** 0 for no limit. */
export let maxDepth: i32 = 0;
export let minSamples: i32 = 0;
export let l2: f64 = 0;
/** Columns that a split chooses from. */
export let columnsPerSplit: i32 = 0;
export let seedLow: u32 = 0;
export let seedHigh: u32 = 0;
export let purpose: u32 = 0;

/** i32 [d, 4]: bins without the missing one; flags; where the histogram starts, in entries. */
export let columns: usize = 0;
export const CATEGORICAL: i32 = 1;
export const MISSING: i32 = 2; // some training row has no value
/** Columns that can be split: i32 [used]. */
export let usedColumns: usize = 0;
export let used: i32 = 0;
/** Entries of a histogram. */
export let entries: i32 = 0;

/**
 * Sets the fit up. raw [K, n] is kept up to date; binCounts i32 [d] and flags u8 [d] describe the columns.
 * The arrays must stay, and the arena must not be released, until the last tree is grown.
 */
export function boostOpen(
  table: usize,
  samples: i32,
  width: i32,
  binCounts: usize,
  flags: usize,
  outputs: i32,
  predictions: usize,
  targets: usize,
  weights: usize,
  lossKind: i32,
  level: f64,
  rate: f64,
  leaves: i32,
  depth: i32,
  leafSamples: i32,
  penalty: f64,
  subset: i32,
  low: u32,
  high: u32,
  stream: u32,
): void {
  bins = table;
  n = samples;
  d = width;
  K = outputs;
  raw = predictions;
  y = targets;
  w = weights;
  loss = lossKind;
  quantile = level;
  learningRate = rate;
  maxLeaves = leaves;
  maxDepth = depth;
  minSamples = leafSamples;
  l2 = penalty;
  columnsPerSplit = subset;
  seedLow = low;
  seedHigh = high;
  purpose = stream;
  g = arenaAlloc((<usize>K * <usize>n) << 3);
  h = arenaAlloc((<usize>K * <usize>n) << 3);
  rows = arenaAlloc((<usize>n) << 2);
  columns = arenaAlloc((<usize>d) << 4);
  usedColumns = arenaAlloc((<usize>d) << 2);
  used = 0;
  entries = 0;
  for (let f = 0; f < d; f++) {
    const count = load<i32>(binCounts + ((<usize>f) << 2));
    const flag = <i32>load<u8>(flags + f);
    const column = columns + ((<usize>f) << 4);
    store<i32>(column, count);
    store<i32>(column, flag, 4);
    store<i32>(column, entries, 8);
    if (count + i32((flag & MISSING) !== 0) < 2) continue;
    store<i32>(usedColumns + ((<usize>used) << 2), f);
    used++;
    entries += count + 1;
  }
}
