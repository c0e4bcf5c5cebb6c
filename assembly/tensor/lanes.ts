// Rows whose length is no multiple of four: a loop takes four numbers at a time, then the rest one by one.

/** The four numbers at `at`; without `four` one, and zeros. */
export function take(at: usize, four: bool): v128 {
  return four ? v128.load(at) : v128.load32_zero(at);
}

/** Stores all four numbers, or without `four` the first. */
export function put(at: usize, x: v128, four: bool): void {
  if (four) v128.store(at, x);
  else v128.store32_lane(at, x, 0);
}

/** x += y, row by row: x and y [rows, n] with these bytes from row to row. */
export function addRows(rows: i32, n: i32, x: usize, xStride: usize, y: usize, yStride: usize): void {
  const bytes = (<usize>n) << 2;
  for (let i = 0; i < rows; i++, x += xStride, y += yStride) {
    for (let j: usize = 0; j < bytes; ) {
      const four = j + 16 <= bytes;
      put(x + j, f32x4.add(take(x + j, four), take(y + j, four)), four);
      j += four ? 16 : 4;
    }
  }
}

/** to = from, row by row: both [rows, n] with these bytes from row to row. */
export function copyRows(rows: i32, n: i32, from: usize, fromStride: usize, to: usize, toStride: usize): void {
  for (let i = 0; i < rows; i++, from += fromStride, to += toStride) memory.copy(to, from, (<usize>n) << 2);
}
