import { show, VernierError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import { type Column, isNumeric, type Table } from "../core/table.ts";

/**
 * Named columns as a Matrix where all are of numbers, which are NaN where missing; else as a table.
 * Throws `invalid-data` for a table with two columns of one name.
 */
export function joinColumns(
  columns: readonly (readonly [name: string, column: Column])[],
  rows: number,
): Matrix | Table {
  const cols = columns.length;
  if (columns.every(([, column]) => isNumeric(column))) {
    const data = new Float64Array(rows * cols);
    columns.forEach(([, column], j) => {
      for (let i = 0; i < rows; i++) data[i * cols + j] = (column[i] ?? Number.NaN) as number;
    });
    return { data, rows, cols };
  }
  const twice = columns.find(([name], j) => columns.findIndex(([other]) => other === name) !== j);
  if (twice === undefined) return Object.fromEntries(columns);
  throw new VernierError("invalid-data", `"X": expected columns of different names, got two ${show(twice[0])}`);
}
