import { arenaAlloc } from "../memory";
import { codesAreWide } from "./codes";

// The table's columns, and the one looked at in a node.

let codes: usize = 0;
let values: usize = 0;
let offsets: usize = 0;
let n: i32 = 0;
let wide: bool = false;

/** Codes of the loaded column by position in the node, u32; the least and the greatest. */
export let nodeCodes: usize = 0;
export let lowest: u32 = 0;
export let highest: u32 = 0;

/** Before the first node: a table [rows, d] as in codes.ts. */
export function columnOpen(tableCodes: usize, tableValues: usize, starts: usize, rows: i32): void {
  codes = tableCodes;
  values = tableValues;
  offsets = starts;
  n = rows;
  wide = codesAreWide(n);
  nodeCodes = arenaAlloc((<usize>n) << 2);
}

/** Turns to a column, for a node of `count` rows whose numbers stand at `rows`. */
export function columnLoad(feature: i32, rows: usize, count: i32): void {
  const isWide = wide;
  const column = codes + ((<usize>feature * <usize>n) << (isWide ? 2 : 1));
  const out = nodeCodes;
  let low: u32 = u32.MAX_VALUE;
  let high: u32 = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    const row = <usize>load<u32>(rows + (i << 2));
    const code = isWide ? load<u32>(column + (row << 2)) : <u32>load<u16>(column + (row << 1));
    store<u32>(out + (i << 2), code);
    low = min(low, code);
    high = max(high, code);
  }
  lowest = low;
  highest = high;
}

/** The code of a row in a column. */
export function codeOf(feature: i32, row: u32): u32 {
  const place = <usize>feature * <usize>n + <usize>row;
  return wide ? load<u32>(codes + (place << 2)) : <u32>load<u16>(codes + (place << 1));
}

/** Where the values that a column's codes stand for begin. */
export function valuesOf(feature: i32): usize {
  return values + ((<usize>load<i32>(offsets + ((<usize>feature) << 2))) << 3);
}
