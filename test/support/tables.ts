import type { Matrix } from "../../src/core/matrix.ts";

/** The rows of X with these numbers, in this order. */
export function rowsOf(X: Matrix, rows: readonly number[]): Matrix {
  const data = new Float64Array(rows.length * X.cols);
  rows.forEach((row, i) => data.set(X.data.subarray(row * X.cols, (row + 1) * X.cols), i * X.cols));
  return { data, rows: rows.length, cols: X.cols };
}

/** X with the training table's column means taken off, in units of its population standard deviations. */
export function standardized(X: Matrix, training: Matrix = X): Matrix {
  const data = new Float64Array(X.data.length);
  for (let j = 0; j < X.cols; j++) {
    const column = Array.from({ length: training.rows }, (_, i) => training.data[i * X.cols + j] as number);
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
    const scale = Math.sqrt(variance) || 1;
    for (let i = 0; i < X.rows; i++) data[i * X.cols + j] = ((X.data[i * X.cols + j] as number) - mean) / scale;
  }
  return { data, rows: X.rows, cols: X.cols };
}

/** Training and test parts of a table, given the numbers of its test rows. */
export function splitAt<L>(
  X: Matrix,
  y: readonly L[],
  test: readonly number[],
): { readonly X: Matrix; readonly y: L[]; readonly testX: Matrix; readonly testY: L[] } {
  const held = new Set(test);
  const training = [...y.keys()].filter((row) => !held.has(row));
  return {
    X: rowsOf(X, training),
    y: training.map((row) => y[row] as L),
    testX: rowsOf(X, test),
    testY: test.map((row) => y[row] as L),
  };
}
