// Rows of x by their numbers.
// In:   x [all, width] of four-byte entries;  ids [rows] of i32
// Out:  out [rows, width], must not overlap the inputs.  Answers whether all ids are in [0, all); after one that is not
//       nothing is written.
export function gatherRows(all: i32, width: i32, rows: i32, x: usize, ids: usize, out: usize): bool {
  const bytes = (<usize>width) << 2;
  for (let i = 0; i < rows; i++, out += bytes) {
    const id = load<i32>(ids + ((<usize>i) << 2));
    if (<u32>id >= <u32>all) return false;
    memory.copy(out, x + <usize>id * bytes, bytes);
  }
  return true;
}
