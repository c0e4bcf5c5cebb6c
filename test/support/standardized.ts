import type { Matrix } from "../../src/core/matrix.ts";

/** X with each column's mean taken off and divided by its population standard deviation. */
export function standardized({ data, rows, cols }: Matrix): Matrix {
  const out = new Float64Array(data.length);
  for (let j = 0; j < cols; j++) {
    const column = Array.from({ length: rows }, (_, i) => data[i * cols + j] as number);
    const mean = column.reduce((sum, x) => sum + x, 0) / rows;
    const deviation = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / rows);
    column.forEach((x, i) => {
      out[i * cols + j] = (x - mean) / deviation;
    });
  }
  return { data: out, rows, cols };
}
