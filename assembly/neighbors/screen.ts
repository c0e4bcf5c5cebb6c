import { nth } from "../linalg/product";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { replaceTop } from "./heap";
import { aboveCuts, packCentred, RECORD } from "./screen-tile";

// The Euclidean search with the matrix product in single precision before the exact sums.
// In:   as neighborsSearch; distances and rows hold heaps of nothing (heap.ts)
// Out:  heaps of squared distances and rows, the bits of comparing all; returns for how many queries: less than m where
//       screening does not pay or the numbers' range forbids it
// For a query x and a row z, with a = x - c and b = z - c for the columns' means c, D = |x - z|^2 is below the k-th
// smallest so far, L, where a'b - |b|^2 / 2 > (|a|^2 - L) / 2. With u = 2^-24 and |a_p b_p| summing to at most
// (|a|^2 + |b|^2) / 2, the left side in single precision errs by no more than
//   (d + 3) u' (|a|^2 + |b|^2) / 2   numbers rounded (2), multiplied (1) and added (d), u' = u / (1 - (d + 3) u)
//   + (d + 1) u' |b|^2 / 2           the start -|b|^2 / 2, rounded and added to d times
//   + d 2^-99                        numbers and products below the normal range
// and the right side, rounded, by u (|a|^2 + L) / 2. So the test is, with e = 1.125 (d + 8) u <= 2^-7 and all terms of
// order 2^-53, those of L as it was computed among them, in what is left over:
//   a'b - (1/2 - e) |b|^2 > ((1 - e) |a|^2 - (1 + 4 u) L) / 2 - d 2^-98.
// A pair that fails it has a computed sum of L or more, and comes after the k rows before it. The others' sums are
// computed as tile.ts does, four at a time. |a|, |b| <= 2^50 keeps all finite.

/** Numbers in a block of queries (256 kB), which stays in the second cache. */
const BLOCK: i32 = 65536;
const ROWS: i32 = 128;
const UNIT: f64 = 1.0 / 16777216;
const LARGEST: f64 = 1.2676506002282294e30; // 2^100
/** The least of max |b|^2 at which d 2^-98 is next to nothing: 2^-60. */
const LEAST: f64 = 8.673617379884035e-19;
const TINY: f64 = 3.1554436208840472e-30; // 2^-98

// A query's record: its cut, f32; how many rows wait for their sums, i32; (1 - e) |a|^2, f64; the rows, i32 [4];
// their sums, f64 [4].
const WAITING: usize = 4;
const NORM: usize = 8;
const WAITERS: usize = 16;
const SUMS: usize = 32;

export function screenedSearch(Z: usize, n: i32, X: usize, m: i32, d: i32, k: i32, nearest: usize, rows: usize): i32 {
  const e = 1.125 * UNIT * <f64>(d + 8);
  if (m < 16 || d < 4 || k > n / 32 || e > 1.0 / 128) return 0;
  const mark = arenaMark();
  const centre = arenaAlloc((<usize>d) << 3);
  columnMeans(Z, n, d, centre);
  const panels = arenaAlloc(<usize>((n + 7) & ~7) * <usize>(d + 1) * 4);
  const height = max(4, min(ROWS, (BLOCK / d) & ~3));
  const block = arenaAlloc(<usize>height * <usize>d * 4);
  const records = arenaAlloc(<usize>height * RECORD);
  let first = 0;
  for (let pays = packTable(Z, n, d, centre, e, panels); pays && first < m; ) {
    const count = min(height, m - first);
    const x = nth(X, first * d);
    if (!packQueries(x, count, d, centre, e, block, records)) break;
    const heaps = nth(nearest, first * k);
    const numbers = rows + ((<usize>first * <usize>k) << 2);
    const summed = screenBlock(Z, n, x, count, d, k, panels, block, records, heaps, numbers);
    first += count;
    pays = summed < <f64>count * <f64>n * 0.125;
  }
  arenaRelease(mark);
  return first;
}

/** Returns how many pairs passed. */
function screenBlock(
  Z: usize,
  n: i32,
  X: usize,
  count: i32,
  d: i32,
  k: i32,
  panels: usize,
  block: usize,
  records: usize,
  heaps: usize,
  numbers: usize,
): f64 {
  let summed: f64 = 0;
  for (let row = 0; row < n; row += 8) {
    let x = block;
    for (let i = 0; i < count; i += 4) {
      let passed = aboveCuts(d, x, panels, records + <usize>i * RECORD);
      x += (<usize>d) << 4;
      if (passed === 0) continue;
      summed += popcnt(passed);
      for (; passed !== 0; passed &= passed - 1) {
        const bit = ctz(passed);
        const q = i + (bit >> 3);
        const record = records + <usize>q * RECORD;
        const waiting = load<i32>(record, WAITING);
        store<i32>(record + ((<usize>waiting) << 2), row + (bit & 7), WAITERS);
        store<i32>(record, waiting + 1, WAITING);
        if (waiting === 3) settle(record, nth(X, q * d), Z, d, k, nth(heaps, q * k), numbers + ((<usize>(q * k)) << 2));
      }
    }
    panels += (<usize>(d + 1)) << 5;
  }
  for (let q = 0; q < count; q++) {
    const record = records + <usize>q * RECORD;
    settle(record, nth(X, q * d), Z, d, k, nth(heaps, q * k), numbers + ((<usize>(q * k)) << 2));
  }
  return summed;
}

/** Sums for the rows that wait, in their order, into the heap; the cut of the new L. */
function settle(record: usize, x: usize, Z: usize, d: i32, k: i32, nearest: usize, numbers: usize): void {
  let z0 = nth(Z, load<i32>(record, WAITERS) * d);
  let z1 = nth(Z, load<i32>(record, WAITERS + 4) * d);
  let z2 = nth(Z, load<i32>(record, WAITERS + 8) * d);
  let z3 = nth(Z, load<i32>(record, WAITERS + 12) * d);
  let left = f64x2.splat(0);
  let right = left;
  const end = x + ((<usize>d) << 3);
  while (x < end) {
    const value = v128.load64_splat(x);
    const gaps0 = f64x2.sub(value, v128.load64_lane(z1, v128.load64_zero(z0), 1));
    const gaps1 = f64x2.sub(value, v128.load64_lane(z3, v128.load64_zero(z2), 1));
    left = f64x2.add(left, f64x2.mul(gaps0, gaps0));
    right = f64x2.add(right, f64x2.mul(gaps1, gaps1));
    x += 8;
    z0 += 8;
    z1 += 8;
    z2 += 8;
    z3 += 8;
  }
  v128.store(record, left, SUMS);
  v128.store(record, right, SUMS + 16);
  const waiting = load<i32>(record, WAITING);
  for (let i = 0; i < waiting; i++) {
    const sum = load<f64>(nth(record, i), SUMS);
    const row = load<i32>(record + ((<usize>i) << 2), WAITERS);
    if (sum < load<f64>(nearest)) replaceTop(nearest, numbers, k, sum, row);
  }
  store<i32>(record, 0, WAITING);
  const limit = load<f64>(nearest);
  // Nothing is nearer than 0.
  const cut = limit > 0 ? (load<f64>(record, NORM) - (1 + 4 * UNIT) * limit) * 0.5 - <f64>d * TINY : Infinity;
  store<f32>(record, <f32>cut);
}

/** Panels [1 + d, 8] of all rows; lanes without a row pass no test. Returns whether the range is right. */
function packTable(Z: usize, n: i32, d: i32, centre: usize, e: f64, panels: usize): bool {
  const panel = (<usize>(d + 1)) << 5;
  memory.fill(panels + <usize>((n - 1) >> 3) * panel, 0, panel);
  let largest: f64 = 0;
  for (let row = 0; row < n || row & 7; row++) {
    const lane = panels + <usize>(row >> 3) * panel + ((<usize>(row & 7)) << 2);
    let norm: f64 = Infinity;
    if (row < n) {
      norm = packCentred(nth(Z, row * d), centre, d, lane + 32, 32);
      if (!(norm <= LARGEST)) return false;
      largest = max(largest, norm);
    }
    store<f32>(lane, <f32>((e - 0.5) * norm));
  }
  return largest >= LEAST;
}

/** Panels [d, 4] and records, whose cuts let all in; lanes without a query let nothing in. As packTable. */
function packQueries(X: usize, count: i32, d: i32, centre: usize, e: f64, block: usize, records: usize): bool {
  const padded = (count + 3) & ~3;
  for (let q = 0; q < padded; q++) {
    const lane = block + <usize>(q >> 2) * ((<usize>d) << 4) + ((<usize>(q & 3)) << 2);
    const norm = packCentred(nth(X, min(q, count - 1) * d), centre, d, lane, 16);
    if (!(norm <= LARGEST)) return false;
    const record = records + <usize>q * RECORD;
    memory.fill(record, 0, RECORD);
    store<f32>(record, q < count ? -Infinity : Infinity);
    store<f64>(record, (1 - e) * norm, NORM);
  }
  return true;
}

function columnMeans(X: usize, n: i32, d: i32, to: usize): void {
  memory.fill(to, 0, (<usize>d) << 3);
  for (let i = 0; i < n; i++) {
    for (let p = 0; p < d; p++) {
      store<f64>(nth(to, p), load<f64>(nth(to, p)) + load<f64>(X));
      X += 8;
    }
  }
  for (let p = 0; p < d; p++) store<f64>(nth(to, p), load<f64>(nth(to, p)) / <f64>n);
}
