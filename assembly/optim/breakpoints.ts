// A binary heap of variable numbers, the earliest first; of equal times the smaller number.
// In:   heap [count] of i32, times [n] of f64 indexed by the heap's entries

export function heapBuild(heap: usize, count: i32, times: usize): void {
  for (let at = (count >> 1) - 1; at >= 0; at--) siftDown(heap, count, times, at);
}

/** Takes the first entry, heap[0], out of a heap of `count` entries. */
export function heapPop(heap: usize, count: i32, times: usize): void {
  store<i32>(heap, load<i32>(heap + ((<usize>(count - 1)) << 2)));
  siftDown(heap, count - 1, times, 0);
}

function siftDown(heap: usize, count: i32, times: usize, at: i32): void {
  for (;;) {
    let first = at;
    const left = 2 * at + 1;
    if (left < count && earlier(heap, times, left, first)) first = left;
    if (left + 1 < count && earlier(heap, times, left + 1, first)) first = left + 1;
    if (first === at) return;
    const a = heap + ((<usize>at) << 2);
    const b = heap + ((<usize>first) << 2);
    const swap = load<i32>(a);
    store<i32>(a, load<i32>(b));
    store<i32>(b, swap);
    at = first;
  }
}

function earlier(heap: usize, times: usize, a: i32, b: i32): bool {
  const i = load<i32>(heap + ((<usize>a) << 2));
  const j = load<i32>(heap + ((<usize>b) << 2));
  const timeI = load<f64>(times + ((<usize>i) << 3));
  const timeJ = load<f64>(times + ((<usize>j) << 3));
  return timeI < timeJ || (timeI === timeJ && i < j);
}
