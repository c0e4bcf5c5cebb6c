import { packedBytes, packRows } from "../linalg/pack";
import { nth } from "../linalg/product";
import { exp } from "../math/exp";
import { log } from "../math/log";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { replaceTop, sortHeap } from "./heap";
import { distanceTile, EUCLIDEAN, MINKOWSKI } from "./tile";

// The nearest rows of a table, by comparing with all of them.
// In:   Z [n, d] the table, X [m, d] the queries, row-major; 1 <= k <= n; kind 0 Euclidean, 1 Manhattan, 2 Chebyshev,
//       3 Minkowski of power q >= 1 (read by it alone)
// Out:  distances f64 [m, k], rising, and the table's row numbers i32 [m, k]; of equal sums (before the root) the
//       lower row comes first. The first k' columns are what k' < k gives. Where a sum overflows, Infinity and -1.
//       Sums and their errors: tile.ts; the root of a Minkowski sum s is exp(log(s) / q).
// Golden: test/vectors/classifiers.json

/** Numbers in a block of queries (256 kB), which stays in the second cache. */
const BLOCK: i32 = 32768;
const ROWS: i32 = 128;

const NO_ROW: i32 = -1;

export function neighborsSearch(
  Z: usize,
  n: i32,
  X: usize,
  m: i32,
  d: i32,
  k: i32,
  kind: i32,
  q: f64,
  distances: usize,
  rows: usize,
): void {
  const mark = arenaMark();
  const panels = arenaAlloc(packedBytes(n, d));
  packRows(Z, d, n, d, 1, panels);
  const height = max(4, min(ROWS, (BLOCK / d) & ~3));
  const block = arenaAlloc(packedBytes(height, d));
  const limits = arenaAlloc((<usize>height) << 3);
  const tile = arenaAlloc(128);
  const stride = (<usize>d) << 5;
  for (let first = 0; first < m; first += height) {
    const count = min(height, m - first);
    packRows(nth(X, first * d), d, count, d, 1, block);
    const nearest = nth(distances, first * k);
    const numbers = rows + ((<usize>first * <usize>k) << 2);
    open(count, k, nearest, numbers, limits);
    let z = panels;
    for (let row = 0; row < n; row += 4) {
      let x = block;
      for (let i = 0; i < count; i += 4) {
        if (distanceTile(kind, q, d, x, z, nth(limits, i), tile)) {
          collect(i, min(4, count - i), row, min(4, n - row), k, tile, limits, nearest, numbers);
        }
        x += stride;
      }
      z += stride;
    }
    for (let i = 0; i < count; i++) {
      const own = nth(nearest, i * k);
      sortHeap(own, numbers + ((<usize>i * <usize>k) << 2), k);
      if (kind === EUCLIDEAN) for (let j = 0; j < k; j++) store<f64>(nth(own, j), sqrt(load<f64>(nth(own, j))));
      if (kind === MINKOWSKI) for (let j = 0; j < k; j++) store<f64>(nth(own, j), exp(log(load<f64>(nth(own, j))) / q));
    }
  }
  arenaRelease(mark);
}

/** Heaps of nothing for `count` queries; the limits of the rows that fill up the last panel let nothing in. */
function open(count: i32, k: i32, nearest: usize, numbers: usize, limits: usize): void {
  for (let i = 0; i < count * k; i++) {
    store<f64>(nth(nearest, i), Infinity);
    store<i32>(numbers + ((<usize>i) << 2), NO_ROW);
  }
  const panel = (count + 3) & ~3;
  for (let i = 0; i < panel; i++) store<f64>(nth(limits, i), i < count ? Infinity : -Infinity);
}

/** Takes from a tile what is nearer than the farthest so far. Rows come in rising order: an equal one is no nearer. */
function collect(
  i: i32,
  queries: i32,
  row: i32,
  count: i32,
  k: i32,
  tile: usize,
  limits: usize,
  nearest: usize,
  numbers: usize,
): void {
  for (let r = 0; r < queries; r++) {
    const limit = nth(limits, i + r);
    const own = nth(nearest, (i + r) * k);
    for (let c = 0; c < count; c++) {
      const distance = load<f64>(nth(tile, 4 * r + c));
      if (!(distance < load<f64>(limit))) continue;
      replaceTop(own, numbers + ((<usize>(i + r) * <usize>k) << 2), k, distance, row + c);
      store<f64>(limit, load<f64>(own));
    }
  }
}
