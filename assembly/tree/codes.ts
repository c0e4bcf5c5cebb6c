import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { argsort } from "../tpe/argsort";

// The columns of a table as ranks: code c of column j stands for its c-th smallest value, values[offsets[j] + c].
// Trees compare codes instead of numbers, and sort and count by them. Codes are u16 where n <= 65536, else u32: the
// fewer bytes, the more of them are near when a node's rows are looked up.
// In:   X [n, d] row-major, finite
// Out:  codes [d, n], column after column; offsets i32 [d + 1]; values [offsets[d]] (room for n d), increasing
//       within a column; -0 counts as 0
export function treeCodes(X: usize, n: i32, d: i32, codes: usize, values: usize, offsets: usize): void {
  const mark = arenaMark();
  const column = arenaAlloc((<usize>n) << 3);
  const order = arenaAlloc((<usize>n) << 2);
  const scratch = arenaAlloc((<usize>n) << 5);
  let count = 0;
  for (let j: usize = 0; j < <usize>d; j++) {
    const first = count;
    store<i32>(offsets + (j << 2), first);
    for (let i: usize = 0; i < <usize>n; i++) {
      store<f64>(column + (i << 3), load<f64>(X + ((i * <usize>d + j) << 3)) + 0.0);
    }
    argsort(column, n, order, scratch);
    let last: f64 = NaN;
    for (let i: usize = 0; i < <usize>n; i++) {
      const row = <usize>load<u32>(order + (i << 2));
      const value = load<f64>(column + (row << 3));
      if (value != last) {
        store<f64>(values + ((<usize>count) << 3), value);
        count++;
        last = value;
      }
      const place = j * <usize>n + row;
      const code = <u32>(count - 1 - first);
      if (codesAreWide(n)) store<u32>(codes + (place << 2), code);
      else store<u16>(codes + (place << 1), <u16>code);
    }
  }
  store<i32>(offsets + ((<usize>d) << 2), count);
  arenaRelease(mark);
}

/** Whether the codes of n rows are u32. */
export function codesAreWide(n: i32): bool {
  return n > 65536;
}
