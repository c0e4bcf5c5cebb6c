import { show, VernierError } from "../core/errors.ts";
import { type Frame, hasNumbers } from "./frame.ts";

/** Columns by their kind in the training data, or by name or number. */
export type ColumnSelection = "numeric" | "categorical" | readonly (string | number)[];

/** Throws `invalid-argument` for what selects no columns. */
export function checkSelection(of: string, selection: unknown): ColumnSelection {
  if (selection === "numeric" || selection === "categorical") return selection;
  if (Array.isArray(selection) && selection.every(isColumn)) return Object.freeze([...selection]);
  throw new VernierError(
    "invalid-argument",
    `"${of}": expected "numeric", "categorical" or a list of columns' names or numbers, got ${show(selection)}`,
  );
}

/** The numbers of the columns selected; throws `invalid-data` for one that is not there. */
export function selectedColumns(frame: Frame, selection: ColumnSelection): number[] {
  const { names } = frame;
  if (typeof selection === "string") {
    return [...names.keys()].filter((j) => hasNumbers(frame, j) === (selection === "numeric"));
  }
  return selection.map((column) => {
    const j = typeof column === "string" ? names.indexOf(column) : column;
    if (j >= 0 && j < names.length) return j;
    const known = names.length > 12 ? `${names.length} columns` : names.map(show).join(", ");
    throw new VernierError("invalid-data", `"X": expected a column ${show(column)}, got ${known}`);
  });
}

function isColumn(column: unknown): boolean {
  return typeof column === "string" || (Number.isSafeInteger(column) && (column as number) >= 0);
}
