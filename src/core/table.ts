import { show, VernierError } from "./errors.ts";
import { hasShape, type Matrix, type MatrixLike, takeRows, toMatrix } from "./matrix.ts";

/** What a cell of a table may hold; null, undefined and NaN are missing values. */
export type Cell = number | string | boolean | null | undefined;

/** One column of a table [n]. */
export type Column = Float64Array | Float32Array | Int32Array | Uint8Array | readonly Cell[];

/** A table of equally long named columns, of numbers or categories, in the order of the object's keys. */
export type Table = Readonly<Record<string, Column>>;

/** The samples that a model or a transform is given: numbers row by row, or a table of columns. */
export type Features = MatrixLike | Table;

/** Whether X is a table of columns, rather than a Matrix or a list of rows. */
export function isTable(X: Features): X is Table {
  if (typeof X !== "object" || X === null || Array.isArray(X) || ArrayBuffer.isView(X)) return false;
  return !(hasShape(X) && typeof X.rows === "number");
}

/** Whether a cell holds no value. */
export function isMissing(cell: unknown): cell is null | undefined {
  return cell === null || cell === undefined || Number.isNaN(cell);
}

/**
 * Checks the columns of a table; returns its number of rows. Throws `invalid-data` for a table without columns or
 * rows, columns of unequal lengths, and cells that are neither finite numbers, strings, booleans nor missing.
 */
export function checkTable(X: Table, name: string = "X"): number {
  const columns = Object.entries(X);
  const rows = columns[0]?.[1]?.length ?? 0;
  if (columns.length === 0 || rows === 0) {
    refuse(name, "expected a table of at least one row and column", show(X));
  }
  for (const [key, column] of columns) {
    if (!isColumn(column)) refuse(name, `expected an array as column ${show(key)}`, show(column));
    if (column.length !== rows) refuse(name, `expected ${rows} rows in column ${show(key)}`, String(column.length));
    for (let i = 0; i < rows; i++) {
      const cell: unknown = column[i];
      if (isCell(cell)) continue;
      const expected = typeof cell === "number" ? "finite numbers" : "numbers, strings, booleans or null as cells";
      refuse(name, `expected ${expected}`, `${show(cell)} in row ${i}, column ${show(key)}`);
    }
  }
  return rows;
}

/** Whether every cell of a column that is not missing is a number. */
export function isNumeric(column: Column): boolean {
  return !Array.isArray(column) || column.every((cell: Cell) => typeof cell === "number" || isMissing(cell));
}

/**
 * The numbers of a checked table, a column each in its order, as a Matrix; missing cells are NaN.
 * Throws `invalid-data` for a column with other cells, naming the first of them.
 */
export function tableMatrix(X: Table, name: string = "X"): Matrix {
  const keys = Object.keys(X);
  const rows = X[keys[0] as string]?.length ?? 0;
  const data = new Float64Array(rows * keys.length);
  keys.forEach((key, j) => {
    const column = X[key] as Column;
    for (let i = 0; i < rows; i++) {
      const cell = column[i];
      if (typeof cell !== "number" && !isMissing(cell)) {
        refuse(name, "expected numbers", `${show(cell)} in row ${i}, column ${show(key)}`);
      }
      data[i * keys.length + j] = typeof cell === "number" ? cell : Number.NaN;
    }
  });
  return { data, rows, cols: keys.length };
}

/**
 * The features as a Matrix of finite numbers, as models need them; with `missing` of numbers that may be NaN. Throws
 * `invalid-data` for anything else, naming the first entry that is missing, infinite or no number.
 */
export function featureMatrix(X: Features, name: string = "X", missing: boolean = false): Matrix {
  if (isTable(X)) {
    checkTable(X, name);
    const matrix = tableMatrix(X, name);
    const odd = matrix.data.findIndex((value) => !Number.isFinite(value) && !(missing && Number.isNaN(value)));
    if (odd < 0) return matrix;
    const column = show(Object.keys(X)[odd % matrix.cols]);
    const row = Math.floor(odd / matrix.cols);
    refuse(name, "expected finite numbers", `${matrix.data[odd]} in row ${row}, column ${column}`);
  }
  return toMatrix(expectRows(X, name), name, missing);
}

/**
 * The features checked for their shape alone: a table as it is, rows as a Matrix in which NaN is a missing number.
 * Throws `invalid-data` for an empty or ragged X, cells of another kind, and infinite numbers.
 */
export function checkFeatures(X: Features, name: string = "X"): Matrix | Table {
  if (!isTable(X)) return toMatrix(expectRows(X, name), name, true);
  checkTable(X, name);
  return X;
}

/** The number of rows of checked features. */
export function rowsOf(X: Matrix | Table): number {
  return isTable(X) ? (Object.values(X)[0] as Column).length : X.rows;
}

/** The rows at `indices`, in that order, of checked features. */
export function takeFeatures(X: Matrix | Table, indices: ArrayLike<number>): Matrix | Table {
  if (!isTable(X)) return takeRows(X, indices);
  return Object.fromEntries(Object.entries(X).map(([key, column]) => [key, takeCells(column, indices)]));
}

function expectRows(X: MatrixLike, name: string): MatrixLike {
  if (Array.isArray(X) || hasShape(X)) return X;
  return refuse(name, "expected rows of numbers", show(X));
}

function takeCells(column: Column, indices: ArrayLike<number>): Column {
  if (Array.isArray(column)) return Array.from(indices, (row) => (column as readonly Cell[])[row]);
  const taken = new (column.constructor as Float64ArrayConstructor)(indices.length);
  for (let i = 0; i < indices.length; i++) taken[i] = column[indices[i] as number] as number;
  return taken;
}

function isColumn(column: unknown): column is Column {
  return (
    Array.isArray(column) || [Float64Array, Float32Array, Int32Array, Uint8Array].some((kind) => column instanceof kind)
  );
}

function isCell(cell: unknown): cell is Cell {
  if (typeof cell === "number") return Number.isFinite(cell) || Number.isNaN(cell);
  return typeof cell === "string" || typeof cell === "boolean" || isMissing(cell);
}

function refuse(name: string, expected: string, got: string): never {
  throw new VernierError("invalid-data", `"${name}": ${expected}, got ${got}`);
}
