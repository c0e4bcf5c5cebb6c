// A stable ascending sort of f64 keys: bottom-up merges of 16-byte records (key, position), so that memory is
// read in order. Keys are not NaN.

const RUN: i32 = 8;

/** order[i] [n i32] = position of the i-th smallest of keys [n], equal keys by position. Scratch: 32 n bytes. */
export function argsort(keys: usize, n: i32, order: usize, scratch: usize): void {
  let from = scratch;
  let to = scratch + ((<usize>n) << 4);
  for (let i = 0; i < n; i++) {
    const record = from + ((<usize>i) << 4);
    store<f64>(record, load<f64>(keys + ((<usize>i) << 3)));
    store<i32>(record, i, 8);
  }
  for (let i = 0; i < n; i += RUN) insertionSort(from, i, min(i + RUN, n));
  for (let width = RUN; width < n; width <<= 1) {
    for (let i = 0; i < n; i += 2 * width) merge(from, i, min(i + width, n), min(i + 2 * width, n), to);
    const sorted = to;
    to = from;
    from = sorted;
  }
  for (let i = 0; i < n; i++) store<i32>(order + ((<usize>i) << 2), load<i32>(from + ((<usize>i) << 4), 8));
}

/**
 * The same from an order that is nearly right already, if few moves make it right; else false, and `order` is still
 * one of the n positions.
 */
export function settle(keys: usize, n: i32, order: usize): bool {
  let moves = 16 * n;
  const end = order + ((<usize>n) << 2);
  for (let next = order + 4; next < end; next += 4) {
    const position = load<i32>(next);
    const key = load<f64>(keys + ((<usize>position) << 3));
    let place = next;
    for (; place > order; place -= 4) {
      const other = load<i32>(place - 4);
      const otherKey = load<f64>(keys + ((<usize>other) << 3));
      if (otherKey < key || (otherKey == key && other < position)) break;
      store<i32>(place, other);
      moves--;
    }
    store<i32>(place, position);
    if (moves < 0) return false;
  }
  return true;
}

/** Sorts the records first ... end - 1 in place. */
function insertionSort(records: usize, first: i32, end: i32): void {
  const bottom = records + ((<usize>first) << 4);
  const top = records + ((<usize>end) << 4);
  for (let next = bottom + 16; next < top; next += 16) {
    const key = load<f64>(next);
    const position = load<i32>(next, 8);
    let place = next;
    while (place > bottom && load<f64>(place - 16) > key) {
      v128.store(place, v128.load(place - 16));
      place -= 16;
    }
    store<f64>(place, key);
    store<i32>(place, position, 8);
  }
}

/** Merges the sorted records first ... middle - 1 and middle ... end - 1 of `from` into the same places of `to`. */
function merge(from: usize, first: i32, middle: i32, end: i32, to: usize): void {
  let left = from + ((<usize>first) << 4);
  let right = from + ((<usize>middle) << 4);
  const leftEnd = right;
  const rightEnd = from + ((<usize>end) << 4);
  let out = to + ((<usize>first) << 4);
  while (left < leftEnd && right < rightEnd) {
    // The left one goes first among equals: the sort is stable.
    const takeRight = load<f64>(right) < load<f64>(left);
    v128.store(out, v128.load(takeRight ? right : left));
    right += takeRight ? 16 : 0;
    left += takeRight ? 0 : 16;
    out += 16;
  }
  memory.copy(out, left, leftEnd - left);
  memory.copy(out + (leftEnd - left), right, rightEnd - right);
}
