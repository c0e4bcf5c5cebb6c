import { arenaAlloc } from "../memory";
import { bins, columns, entries, n, rows, used, usedColumns } from "./problem";

// Histograms of a tree's nodes: for each bin of each column that can be split, the sums of g and h over the node's
// rows and the number of these rows. Sums are whole numbers: g and h are rounded to multiples of a power of two, so
// that sums are exact, do not depend on the order of rows, and a child's histogram is exactly its parent's less the
// other child's. An entry is one i64x2:
//   lane 0   G
//   lane 1   rows << shift | H
// With n < 2^b, a |g| keeps up to 62 - b bits and an h 63 - 2 b: for a million rows 42 and 23 (scikit-learn's f32
// has 24).
// Columns are read four at a time: their codes stand together, and their additions do not wait for one another.

/** What g and h are multiplied by. */
export let scaleG: f64 = 1;
export let scaleH: f64 = 1;
/** Where the row count starts in lane 1, and the mask of H below it. */
export let shift: i64 = 0;
export let mask: i64 = 0;
/** Entry of all rows. */
export const ROOT: usize = memory.data(16, 16);

const PADDING: i32 = 3; // entries of columns that fill up the last four

let quads: usize = 0; // u8 [used / 4 rounded up, n, 4], codes of columns that can be split
let pairs: usize = 0; // i64x2 [n], by row
let ordered: usize = 0; // i64x2 [n], of a node's rows in their order
let free: usize = 0; // list of free histograms, linked through their first word

/** Takes the memory that histograms need beside themselves. */
export function histogramOpen(): void {
  pairs = arenaAlloc((<usize>n) << 4);
  ordered = arenaAlloc((<usize>n) << 4);
  free = 0;
  quads = arenaAlloc((<usize>((used + 3) >> 2) * <usize>n) << 2);
  for (let c = 0; c < ((used + 3) & ~3); c++) {
    let to = quads + ((<usize>(c >> 2) * <usize>n) << 2) + (c & 3);
    let from = bins + <usize>load<u32>(usedColumns + ((<usize>min(c, used - 1)) << 2)) * <usize>n;
    for (const end = from + n; from < end; from++, to += 4) store<u8>(to, c < used ? load<u8>(from) : 0);
  }
}

/** An unused histogram, not initialised. */
export function histogramTake(): usize {
  if (free === 0) return arenaAlloc((<usize>(entries + PADDING)) << 4);
  const taken = free;
  free = load<usize>(taken);
  return taken;
}

export function histogramRelease(histogram: usize): void {
  store<usize>(histogram, free);
  free = histogram;
}

/** Rounds g and h [n]. */
export function histogramScale(g: usize, h: usize): void {
  let highestG: f64 = 0;
  let highestH: f64 = 0;
  for (let at: usize = 0; at < (<usize>n) << 3; at += 8) {
    highestG = max(highestG, abs(load<f64>(g + at)));
    highestH = max(highestH, load<f64>(h + at));
  }
  const bits = <i64>(32 - clz(n));
  shift = 63 - bits;
  mask = ((<i64>1) << shift) - 1;
  scaleG = powerBelow(highestG, 62 - bits);
  scaleH = powerBelow(highestH, shift - bits);
  let total = i64x2.splat(0);
  for (let i: usize = 0; i < <usize>n; i++) {
    const G = <i64>nearest(load<f64>(g + (i << 3)) * scaleG);
    const H = <i64>nearest(load<f64>(h + (i << 3)) * scaleH);
    const pair = i64x2.replace_lane(i64x2.splat(G), 1, H + ((<i64>1) << shift));
    v128.store(pairs + (i << 4), pair);
    total = i64x2.add(total, pair);
  }
  v128.store(ROOT, total);
}

/** The power of two that takes |x| <= highest below 2^bits. */
function powerBelow(highest: f64, bits: i64): f64 {
  const exponent = <i64>(reinterpret<u64>(highest) >> 52) - 1022; // highest < 2^exponent
  return reinterpret<f64>((min<i64>(1000, bits - exponent) + 1023) << 52);
}

/** histogram = that of rows[start] to rows[start + count - 1]. */
export function histogramBuild(histogram: usize, start: i32, count: i32): void {
  memory.fill(histogram, 0, (<usize>(entries + PADDING)) << 4);
  const first = rows + ((<usize>start) << 2);
  let values = pairs;
  if (count < n) {
    values = ordered;
    for (let j: usize = 0; j < <usize>count; j++) {
      v128.store(ordered + (j << 4), v128.load(pairs + ((<usize>load<u32>(first + (j << 2))) << 4)));
    }
  }
  for (let c = 0; c < used; c += 4) {
    const codes = quads + <usize>c * <usize>n;
    const sums0 = histogram + startOf(c);
    const sums1 = histogram + startOf(c + 1);
    const sums2 = histogram + startOf(c + 2);
    const sums3 = histogram + startOf(c + 3);
    for (let j: usize = 0; j < <usize>count; j++) {
      const four = load<u32>(codes + ((<usize>load<u32>(first + (j << 2))) << 2));
      const value = v128.load(values + (j << 4));
      add(sums0 + ((four << 4) & 0xff0), value);
      add(sums1 + ((four >> 4) & 0xff0), value);
      add(sums2 + ((four >> 12) & 0xff0), value);
      add(sums3 + ((four >> 20) & 0xff0), value);
    }
  }
}

function add(entry: usize, value: v128): void {
  v128.store(entry, i64x2.add(v128.load(entry), value));
}

/** from -= what. */
export function histogramSubtract(from: usize, what: usize): void {
  for (let at: usize = 0; at < (<usize>entries) << 4; at += 16) {
    v128.store(from + at, i64x2.sub(v128.load(from + at), v128.load(what + at)));
  }
}

/** Where the histogram of the c-th column that can be split starts, in bytes; past the last one, a padding entry. */
function startOf(c: i32): usize {
  if (c >= used) return (<usize>(entries + c - used)) << 4;
  const f = <usize>load<u32>(usedColumns + ((<usize>c) << 2));
  return (<usize>load<u32>(columns + (f << 4), 8)) << 4;
}
