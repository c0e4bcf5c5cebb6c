import { VernierError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import type { ModelsCore } from "../wasm/core.ts";
import { gram, multiply, multiplyTransposed, symmetricEigen } from "../wasm/linalg.ts";

/** Directions of greatest variance, in descending order: unit rows [k, d], and the sum of squares along each [k]. */
export interface PrincipalAxes {
  readonly axes: Matrix;
  readonly squares: Float64Array;
}

/**
 * The axes of a centered X [n, d], k = min(n, d); each axis' largest entry by absolute value, the first of equal
 * ones, is positive. From the eigenvectors of X'X, or for n < d from those of XX'; sums of squares below
 * about 1e-16 of the largest are rounding.
 * Throws `numerical-failure` where squares overflow.
 */
export function principalAxes(core: ModelsCore, X: Matrix): PrincipalAxes {
  const wide = X.rows < X.cols;
  const { values, vectors } = eigen(core, wide ? multiplyTransposed(core, X, X) : gram(core, X));
  const k = values.length;
  const squares = Float64Array.from({ length: k }, (_, i) => Math.max(values[k - 1 - i] as number, 0));
  const reversed = new Float64Array(k * k);
  for (let i = 0; i < k; i++) reversed.set(vectors.data.subarray((k - 1 - i) * k, (k - i) * k), i * k);
  const V: Matrix = { data: reversed, rows: k, cols: k };
  const axes = wide ? orthonormal(multiply(core, V, X), squares) : V;
  turn(axes);
  return { axes, squares };
}

function eigen(core: ModelsCore, A: Matrix): { readonly values: Float64Array; readonly vectors: Matrix } {
  const found = symmetricEigen(core, A);
  if (found !== null) return found;
  throw new VernierError("numerical-failure", '"X": expected numbers whose squares do not overflow, got an overflow');
}

/** The rows of A made unit and orthogonal, in order; rows without variance become whatever unit rows are left. */
function orthonormal({ data, rows, cols }: Matrix, squares: Float64Array): Matrix {
  const out = new Float64Array(rows * cols);
  const negligible = rows * Number.EPSILON * (squares[0] as number);
  let free = 0;
  for (let i = 0; i < rows; i++) {
    const row = out.subarray(i * cols, (i + 1) * cols);
    if ((squares[i] as number) > negligible) {
      row.set(data.subarray(i * cols, (i + 1) * cols));
      takeOff(out, cols, i);
      scaleToUnit(row);
      continue;
    }
    squares[i] = 0;
    // Of the unit vectors one at least is not within what the rows before span.
    for (; ; free++) {
      row.fill(0);
      row[free] = 1;
      takeOff(out, cols, i);
      if (squaresOf(row) > 1e-4 / cols) break;
    }
    scaleToUnit(row);
    takeOff(out, cols, i);
    scaleToUnit(row);
  }
  return { data: out, rows, cols };
}

/** Takes off row i what lies along the rows before it. */
function takeOff(A: Float64Array, cols: number, i: number): void {
  for (let k = 0; k < i; k++) {
    let along = 0;
    for (let j = 0; j < cols; j++) along += (A[i * cols + j] as number) * (A[k * cols + j] as number);
    for (let j = 0; j < cols; j++) A[i * cols + j] = (A[i * cols + j] as number) - along * (A[k * cols + j] as number);
  }
}

function scaleToUnit(row: Float64Array): void {
  const length = Math.sqrt(squaresOf(row));
  for (let j = 0; j < row.length; j++) row[j] = (row[j] as number) / length;
}

function squaresOf(row: Float64Array): number {
  let sum = 0;
  for (const x of row) sum += x * x;
  return sum;
}

function turn({ data, rows, cols }: Matrix): void {
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * cols, (i + 1) * cols);
    let largest = 0;
    for (let j = 1; j < cols; j++) if (Math.abs(row[j] as number) > Math.abs(row[largest] as number)) largest = j;
    if ((row[largest] as number) < 0) for (let j = 0; j < cols; j++) row[j] = 0 - (row[j] as number);
  }
}
