import { copyRows } from "./lanes";
import { transpose } from "./pack";

// The axes of a tensor of four-byte entries in another order: out[i, j, k, l] = x[i s0 + j s1 + k s2 + l s3].
// In:   x;  lengths d0 .. d3 of the axes of out, and their strides in x, in entries
// Out:  out [d0, d1, d2, d3], must not overlap x
export function permute(
  d0: i32,
  d1: i32,
  d2: i32,
  d3: i32,
  s0: i32,
  s1: i32,
  s2: i32,
  s3: i32,
  x: usize,
  out: usize,
): void {
  const row = (<usize>d3) << 2;
  for (let i = 0; i < d0; i++) {
    for (let j = 0; j < d1; j++, out += <usize>d2 * row) {
      const from = x + ((<usize>(i * s0 + j * s1)) << 2);
      if (s3 == 1) copyRows(d2, d3, from, (<usize>s2) << 2, out, row);
      else permuteMatrix(d2, d3, s2, s3, from, out);
    }
  }
}

// out[k, l] = x[k down + l across]: where neighbours in a column of out are neighbours in x, by squares of four.
function permuteMatrix(rows: i32, columns: i32, down: i32, across: i32, x: usize, out: usize): void {
  const row = (<usize>columns) << 2;
  const step = (<usize>across) << 2;
  const whole = down == 1 ? columns & ~3 : 0;
  let k = 0;
  for (const end = whole == 0 ? 0 : rows & ~3; k < end; k += 4) {
    const to = out + <usize>k * row;
    let from = x + ((<usize>k) << 2);
    for (let l = 0; l < whole; l += 4, from += step << 2) {
      transpose(
        v128.load(from),
        v128.load(from + step),
        v128.load(from + step * 2),
        v128.load(from + step * 3),
        to + ((<usize>l) << 2),
        row,
      );
    }
  }
  permuteOneByOne(k, whole, columns, down, step, x, out);
  permuteOneByOne(rows - k, 0, columns, down, step, x + ((<usize>(k * down)) << 2), out + <usize>k * row);
}

// The columns from `first` on, of so many rows.
function permuteOneByOne(rows: i32, first: i32, columns: i32, down: i32, step: usize, x: usize, out: usize): void {
  for (let k = 0; k < rows; k++, x += (<usize>down) << 2, out += (<usize>columns) << 2) {
    for (let l: usize = first; l < <usize>columns; l++) store<i32>(out + (l << 2), load<i32>(x + l * step));
  }
}
