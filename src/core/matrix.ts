import { show, VernierError } from "./errors.ts";

/** A dense table of numbers, row-major: element (i, j) is `data[i * cols + j]`. */
export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
}

/** What is taken as a table of features: a Matrix, also of single precision, or an array of equally long rows. */
export type MatrixLike =
  | Matrix
  | (Omit<Matrix, "data"> & { readonly data: Float32Array })
  | readonly (readonly number[] | Float64Array | Float32Array)[];

/** Whether X is numbers with a shape, rather than rows or columns. */
export function hasShape(X: unknown): X is Matrix | (Omit<Matrix, "data"> & { readonly data: Float32Array }) {
  if (typeof X !== "object" || X === null) return false;
  const { data } = X as { readonly data?: unknown };
  return data instanceof Float64Array || data instanceof Float32Array;
}

/**
 * A validated Matrix [rows, cols] of finite numbers; with `missing` of numbers that may be NaN.
 * Throws `invalid-data` for an empty table, ragged rows, or a NaN or infinite entry (naming its place).
 */
export function toMatrix(X: MatrixLike, name: string = "X", missing: boolean = false): Matrix {
  const matrix = Array.isArray(X) ? fromRows(X as readonly ArrayLike<number>[], name) : doubles(X);
  if (matrix === null || matrix.data.length !== matrix.rows * matrix.cols || matrix.rows < 1 || matrix.cols < 1) {
    throw new VernierError(
      "invalid-data",
      `"${name}": expected a table of at least one row and column, got ${show(X)}`,
    );
  }
  const { data, cols } = matrix;
  // x - x is 0 but for NaN and infinities; this is done for every fit, and a sum needs no branches.
  let odd = 0;
  for (let k = 0; k < data.length; k++) odd += (data[k] as number) - (data[k] as number);
  if (odd === 0) return matrix;
  for (let k = 0; k < data.length; k++) {
    const entry = data[k] as number;
    if (!Number.isFinite(entry) && !(missing && Number.isNaN(entry))) {
      const place = `row ${Math.floor(k / cols)}, column ${k % cols}`;
      throw new VernierError("invalid-data", `"${name}": expected finite numbers, got ${entry} in ${place}`);
    }
  }
  return matrix;
}

function doubles(X: unknown): Matrix | null {
  if (!hasShape(X)) return null;
  const { data, rows, cols } = X;
  return data instanceof Float64Array ? (X as Matrix) : { data: Float64Array.from(data), rows, cols };
}

function fromRows(rows: readonly ArrayLike<number>[], name: string): Matrix {
  const cols = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * cols);
  rows.forEach((row, i) => {
    if (row.length !== cols) {
      throw new VernierError("invalid-data", `"${name}": expected ${cols} columns in row ${i}, got ${row.length}`);
    }
    for (let j = 0; j < cols; j++) {
      const entry: unknown = row[j];
      if (typeof entry !== "number") {
        throw new VernierError(
          "invalid-data",
          `"${name}": expected numbers, got ${show(entry)} in row ${i}, column ${j}`,
        );
      }
      data[i * cols + j] = entry;
    }
  });
  return { data, rows: rows.length, cols };
}

/** The rows at `indices`, in that order, as a new Matrix. */
export function takeRows(X: Matrix, indices: ArrayLike<number>): Matrix {
  const data = new Float64Array(indices.length * X.cols);
  for (let i = 0; i < indices.length; i++) {
    const from = (indices[i] as number) * X.cols;
    data.set(X.data.subarray(from, from + X.cols), i * X.cols);
  }
  return { data, rows: indices.length, cols: X.cols };
}

/** The columns at `indices`, in that order, as a new Matrix. */
export function takeColumns({ data, rows, cols }: Matrix, indices: ArrayLike<number>): Matrix {
  const width = indices.length;
  const taken = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < width; k++) taken[i * width + k] = data[i * cols + (indices[k] as number)] as number;
  }
  return { data: taken, rows, cols: width };
}
