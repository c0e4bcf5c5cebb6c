import { addRows } from "./lanes";

// The sum of the rows of x [rows, n], in their order.
// In:   x, `stride` bytes from row to row
// Out:  sum [n], must not overlap x
export function columnSums(rows: i32, n: i32, x: usize, stride: usize, sum: usize): void {
  memory.fill(sum, 0, (<usize>n) << 2);
  addRows(rows, n, sum, 0, x, stride);
}
