import { D, K } from "./problem";

// With K > 1 scores the probabilities do not change when every score gets the same addition, that is, when
// all rows of W are shifted by one vector. Where no penalty chooses among these, rows that sum to zero are chosen.

/** Takes the mean over the rows off every column of x [K, D]. */
export function centre(x: usize): void {
  for (let j = 0; j < D; j++) centreColumn(x, K, D, j);
}

/** Takes the mean off column j of x [rows, columns]. */
export function centreColumn(x: usize, rows: i32, columns: i32, j: i32): void {
  const stride = (<usize>columns) << 3;
  const start = x + ((<usize>j) << 3);
  const end = start + <usize>rows * stride;
  let sum: f64 = 0;
  for (let at = start; at < end; at += stride) sum += load<f64>(at);
  const mean = sum / <f64>rows;
  for (let at = start; at < end; at += stride) store<f64>(at, load<f64>(at) - mean);
}
