import { show, VernierError } from "../core/errors.ts";
import { type Matrix, takeColumns, toMatrix } from "../core/matrix.ts";
import {
  type Cell,
  type Column,
  checkFeatures,
  type Features,
  isMissing,
  isNumeric,
  isTable,
  rowsOf,
  type Table,
  tableMatrix,
} from "../core/table.ts";

/** Checked features with the names of their columns. */
export interface Frame {
  readonly X: Matrix | Table;
  readonly rows: number;
  readonly names: readonly string[];
  /** Whether columns have the names of a table's, rather than their numbers. */
  readonly named: boolean;
}

/** The columns that a fitted transform takes. */
export type Inputs = Pick<Frame, "names" | "named">;

/** Features to be learned from; throws `invalid-data` for what is no table or other than one name a column. */
export function toFrame(X: Features, names?: readonly string[]): Frame {
  const checked = checkFeatures(X);
  if (isTable(checked)) return { X: checked, rows: rowsOf(checked), names: Object.keys(checked), named: true };
  const { rows, cols } = checked;
  if (names !== undefined && names.length !== cols) {
    throw new VernierError("invalid-data", `"names": expected ${cols}, one a column of X, got ${names.length}`);
  }
  return { X: checked, rows, names: names ?? Array.from({ length: cols }, (_, j) => `x${j}`), named: false };
}

/** Features to be transformed, their columns in the order of the training data's; throws `invalid-data` otherwise. */
export function alignFrame(X: Features, { names, named }: Inputs): Frame {
  const frame = toFrame(X);
  if (named && frame.named) {
    const missing = names.find((name) => !Object.hasOwn(frame.X, name));
    if (missing === undefined)
      return pickColumns(
        frame,
        names.map((name) => frame.names.indexOf(name)),
      );
    const got = frame.names.map(show).join(", ");
    throw new VernierError(
      "invalid-data",
      `"X": expected a column ${show(missing)} as in the training data, got ${got}`,
    );
  }
  if (frame.names.length !== names.length) {
    const message = `"X": expected ${names.length} columns as in the training data, got ${frame.names.length}`;
    throw new VernierError("invalid-data", message);
  }
  return { ...frame, names };
}

/** The columns with these numbers, in this order. */
export function pickColumns({ X, rows, names, named }: Frame, columns: readonly number[]): Frame {
  const picked = columns.map((j) => names[j] as string);
  const all = picked.length === names.length && columns.every((j, k) => j === k);
  if (all) return { X, rows, names, named };
  if (isTable(X)) {
    const keys = Object.keys(X);
    const entries = columns.map((j, k) => [picked[k], X[keys[j] as string]] as const);
    return { X: Object.fromEntries(entries) as Table, rows, names: picked, named };
  }
  return { X: takeColumns(X, columns), rows, names: picked, named };
}

/** The numbers of a frame, NaN where they are missing; throws `invalid-data` for categories and infinite numbers. */
export function numbers({ X }: Frame): Matrix {
  return isTable(X) ? toMatrix(tableMatrix(X), "X", true) : X;
}

/** The numbers of a frame, none missing; throws `invalid-data` for anything else. */
export function finiteNumbers({ X }: Frame): Matrix {
  return toMatrix(isTable(X) ? tableMatrix(X) : X);
}

/** Column j as cells; missing ones are null. */
export function cells({ X, rows }: Frame, j: number): Exclude<Cell, undefined>[] {
  const column = isTable(X) ? (Object.values(X)[j] as Column) : null;
  const { data, cols } = X as Matrix;
  return Array.from({ length: rows }, (_, i) => {
    const cell = column === null ? data[i * cols + j] : column[i];
    return isMissing(cell) ? null : (cell as Exclude<Cell, undefined>);
  });
}

/** Whether column j holds nothing but numbers and missing values. */
export function hasNumbers({ X }: Frame, j: number): boolean {
  return !isTable(X) || isNumeric(Object.values(X)[j] as Column);
}
