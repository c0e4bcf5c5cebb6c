import { packedBytes, packRows } from "../linalg/pack";
import { nth } from "../linalg/product";
import { exp } from "../math/exp";
import { log } from "../math/log";
import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { openHeaps, replaceTop, sortHeap } from "./heap";
import { screenedSearch } from "./screen";
import { distanceTile, EUCLIDEAN, MINKOWSKI } from "./tile";

// The nearest rows of a table, by comparing with all of them.
// In:   Z [n, d] the table, X [m, d] the queries, row-major; 1 <= k <= n; kind 0 Euclidean, 1 Manhattan, 2 Chebyshev,
//       3 Minkowski of power q >= 1 (read by it alone)
// Out:  distances f64 [m, k], rising, and the table's row numbers i32 [m, k]; of equal sums (before the root) the
//       lower row comes first. The first k' columns are what k' < k gives. Where a sum overflows, Infinity and -1.
//       Sums and their errors: tile.ts; which Euclidean ones need not be summed: screen.ts; the root of a Minkowski
//       sum s is exp(log(s) / q).
// Golden: test/vectors/classifiers.json

/** Numbers in a block of queries (256 kB), which stays in the second cache. */
const BLOCK: i32 = 32768;
const ROWS: i32 = 128;

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
  openHeaps(m, k, distances, rows);
  const done = kind === EUCLIDEAN ? screenedSearch(Z, n, X, m, d, k, distances, rows) : 0;
  if (done < m) compareAll(Z, n, X, done, m, d, k, kind, q, distances, rows);
  for (let i = 0; i < m; i++) {
    const own = nth(distances, i * k);
    sortHeap(own, rows + ((<usize>i * <usize>k) << 2), k);
    if (kind === EUCLIDEAN) for (let j = 0; j < k; j++) store<f64>(nth(own, j), sqrt(load<f64>(nth(own, j))));
    if (kind === MINKOWSKI) for (let j = 0; j < k; j++) store<f64>(nth(own, j), exp(log(load<f64>(nth(own, j))) / q));
  }
}

/** Puts what is nearest into the heaps of queries start to m - 1. */
function compareAll(
  Z: usize,
  n: i32,
  X: usize,
  start: i32,
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
  for (let first = start; first < m; first += height) {
    const count = min(height, m - first);
    packRows(nth(X, first * d), d, count, d, 1, block);
    const nearest = nth(distances, first * k);
    const numbers = rows + ((<usize>first * <usize>k) << 2);
    openLimits(count, limits);
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
  }
  arenaRelease(mark);
}

/** The limits of the rows that fill up the last panel let nothing in. */
function openLimits(count: i32, limits: usize): void {
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
