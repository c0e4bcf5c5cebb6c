const BLOCK: i32 = 32;

// Bins of a table's columns, one byte a value.
// In:   X [n, d] row-major, NaN where a value is missing; edges f64, increasing within a column: those of column f
//       are edges[starts[f]] to edges[starts[f + 1] - 1], starts i32 [d + 1]; categorical u8 [d]
// Out:  bins u8 [d, n], column after column; seen u8 [d], 1 where a column has a missing value
// A column of numbers with e <= 254 edges has e + 1 bins: number k holds edges[k - 1] < x <= edges[k]. A categorical
// column's edges are its e <= 255 categories, each a bin of its own. The code after the last bin means missing, as
// does a category that is not among the edges.
export function boostBin(
  X: usize,
  n: i32,
  d: i32,
  starts: usize,
  edges: usize,
  categorical: usize,
  bins: usize,
  seen: usize,
): void {
  memory.fill(seen, 0, d);
  // Some rows at a time: they stay in the cache while their columns are read one after the other.
  for (let start = 0; start < n; start += BLOCK) {
    const end = min(start + BLOCK, n);
    for (let f = 0; f < d; f++) {
      const first = load<i32>(starts + ((<usize>f) << 2));
      const count = load<i32>(starts + ((<usize>f) << 2), 4) - first;
      const column = edges + ((<usize>first) << 3);
      const isCategory = load<u8>(categorical + f) !== 0;
      const missing = isCategory ? count : count + 1;
      for (let i = start; i < end; i++) {
        const x = load<f64>(X + ((<usize>i * <usize>d + <usize>f) << 3));
        let code = missing;
        if (x == x) {
          code = below(column, count, x);
          if (isCategory && (code === count || load<f64>(column + ((<usize>code) << 3)) != x)) code = missing;
        }
        if (code === missing) store<u8>(seen + f, 1);
        store<u8>(bins + <usize>f * <usize>n + i, code);
      }
    }
  }
}

/** How many of the edges are < x. The steps depend on `count` alone, so that they can be predicted. */
function below(edges: usize, count: i32, x: f64): i32 {
  let first = 0;
  let length = count;
  while (length > 1) {
    const half = length >> 1;
    first = load<f64>(edges + ((<usize>(first + half - 1)) << 3)) < x ? first + half : first;
    length -= half;
  }
  return length === 1 && load<f64>(edges + ((<usize>first) << 3)) < x ? first + 1 : first;
}
