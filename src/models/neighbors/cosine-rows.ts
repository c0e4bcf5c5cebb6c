import type { Matrix } from "../../core/matrix.ts";

/**
 * The rows of X [m, d] as vectors [m, d + 2] of length 1, half of whose squared Euclidean distance is 1 minus the
 * cosine of the angle; equal rows are at distance 0 exactly. A row of zeros gets a direction of its own, the last
 * column or with `trained` the one before it, and so is at distance 1 from every row of the other table (within the
 * rounding of their lengths).
 */
export function cosineRows({ data, rows, cols }: Matrix, trained: boolean): Matrix {
  const width = cols + 2;
  const units = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    // Scaled by the largest entry first: squares neither overflow nor vanish.
    let largest = 0;
    for (let j = 0; j < cols; j++) largest = Math.max(largest, Math.abs(data[i * cols + j] as number));
    if (largest === 0) {
      units[i * width + (trained ? cols : cols + 1)] = 1;
      continue;
    }
    let squares = 0;
    for (let j = 0; j < cols; j++) {
      const part = (data[i * cols + j] as number) / largest;
      units[i * width + j] = part;
      squares += part * part;
    }
    const length = Math.sqrt(squares);
    for (let j = 0; j < cols; j++) units[i * width + j] = (units[i * width + j] as number) / length;
  }
  return { data: units, rows, cols: width };
}
