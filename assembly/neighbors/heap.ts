// The k nearest so far: a binary heap of (distance, row), the last in order on top; of equal distances the higher row
// comes later. Two arrays side by side: distances f64 [k], rows i32 [k].

const NO_ROW: i32 = -1;

/** `count` heaps of k, of nothing. */
export function openHeaps(count: i32, k: i32, distances: usize, rows: usize): void {
  for (let i = 0; i < count * k; i++) put(distances, rows, i, Infinity, NO_ROW);
}

/** From heap order to rising order. */
export function sortHeap(distances: usize, rows: usize, k: i32): void {
  for (let last = k - 1; last > 0; last--) {
    const distance = distanceAt(distances, last);
    const row = rowAt(rows, last);
    put(distances, rows, last, distanceAt(distances, 0), rowAt(rows, 0));
    replaceTop(distances, rows, last, distance, row);
  }
}

/** Puts (distance, row) in the place of the top of a heap of k. */
export function replaceTop(distances: usize, rows: usize, k: i32, distance: f64, row: i32): void {
  let hole = 0;
  for (let child = 1; child < k; child = 2 * hole + 1) {
    if (child + 1 < k && later(distances, rows, child + 1, distanceAt(distances, child), rowAt(rows, child))) child++;
    if (!later(distances, rows, child, distance, row)) break;
    put(distances, rows, hole, distanceAt(distances, child), rowAt(rows, child));
    hole = child;
  }
  put(distances, rows, hole, distance, row);
}

/** Whether entry i comes after (distance, row). */
function later(distances: usize, rows: usize, i: i32, distance: f64, row: i32): bool {
  const own = distanceAt(distances, i);
  return own > distance || (own === distance && rowAt(rows, i) > row);
}

function put(distances: usize, rows: usize, i: i32, distance: f64, row: i32): void {
  store<f64>(distances + ((<usize>i) << 3), distance);
  store<i32>(rows + ((<usize>i) << 2), row);
}

function distanceAt(distances: usize, i: i32): f64 {
  return load<f64>(distances + ((<usize>i) << 3));
}

function rowAt(rows: usize, i: i32): i32 {
  return load<i32>(rows + ((<usize>i) << 2));
}
