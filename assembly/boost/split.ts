import { arenaAlloc } from "../memory";
import { integerAt } from "../random/draws";
import { bestDescribe, bestPossible, bestReset, bestScan, MISSING_LEFT } from "./best";
import { splitCategories } from "./categories";
import {
  CATEGORICAL,
  columns,
  columnsPerSplit,
  d,
  MISSING,
  purpose,
  seedHigh,
  seedLow,
  used,
  usedColumns,
} from "./problem";

let order: usize = 0; // i32 [d], for the draw of columns
let chosen: usize = 0; // u8 [d]

export function splitOpen(): void {
  order = arenaAlloc((<usize>d) << 2);
  chosen = arenaAlloc(d);
  memory.fill(chosen, 1, d);
}

/**
 * Finds the best split of a node by its histogram and its entry (best.ts), over all columns or those drawn for evaluation `serial` of `tree`.
 * Ties: the lowest column; missing values to the right; the lowest bin.
 */
export function splitFind(histogram: usize, entry: usize, tree: u32, serial: i32): void {
  bestReset(entry);
  if (!bestPossible()) return;
  if (columnsPerSplit < d) draw(tree, serial);
  for (let c = 0; c < used; c++) {
    const f = load<i32>(usedColumns + ((<usize>c) << 2));
    if (load<u8>(chosen + f) === 0) continue;
    const column = columns + ((<usize>f) << 4);
    const bins = load<i32>(column);
    const flags = load<i32>(column, 4);
    const sums = histogram + ((<usize>load<u32>(column, 8)) << 4);
    if (flags & CATEGORICAL) splitCategories(f, sums, bins, (flags & MISSING) !== 0, entry);
    else {
      scan(f, sums, (flags & MISSING) !== 0 ? bins : bins - 1, 0, 0, 0);
      const missing = sums + ((<usize>bins) << 4);
      if ((flags & MISSING) !== 0) scan(f, sums, bins - 1, load<i64>(missing), load<i64>(missing, 8), MISSING_LEFT);
    }
  }
}

/** Tries the splits after bins 0 to end - 1, with (g, p) on the left from the start. */
function scan(f: i32, sums: usize, end: i32, g: i64, p: i64, flag: i32): void {
  const bin = bestScan(sums, 16, end, g, p);
  if (bin >= 0) bestDescribe(f, bin | flag);
}

/** Marks `columnsPerSplit` of the d columns, each set of them equally likely (Fisher and Yates). */
function draw(tree: u32, serial: i32): void {
  memory.fill(chosen, 0, d);
  for (let f = 0; f < d; f++) store<i32>(order + ((<usize>f) << 2), f);
  for (let j = 0; j < columnsPerSplit; j++) {
    const i = <u64>serial * <u64>d + <u64>j;
    const pick = order + ((<usize>(j + integerAt(seedLow, seedHigh, tree, purpose, i, <u32>(d - j)))) << 2);
    store<u8>(chosen + load<i32>(pick), 1);
    store<i32>(pick, load<i32>(order + ((<usize>j) << 2)));
  }
}
