// Rows that are `off` but for `on` at one index; a row whose index is outside is `off` throughout.
// In:   indices [rows] of i32;  on, off: the four bytes of an entry, of whatever type
// Out:  out [rows, depth]
export function oneHot(rows: i32, depth: i32, indices: usize, on: i32, off: i32, out: usize): void {
  const size = <usize>rows * <usize>depth;
  for (let i: usize = 0; i < size; i++) store<i32>(out + (i << 2), off);
  for (let i: usize = 0; i < <usize>rows; i++) {
    const index = load<i32>(indices + (i << 2));
    if (<u32>index < <u32>depth) store<i32>(out + ((i * depth + index) << 2), on);
  }
}
