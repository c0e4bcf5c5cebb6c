import type { Matrix } from "../core/matrix.ts";
import { type Column, isTable, type Table } from "../core/table.ts";

// The memos of training tables go by a Matrix's numbers. A table of columns gets a matrix to stand for it, another
// one whenever its cells are not those of the last time.

interface Known {
  readonly copy: readonly (readonly [string, Column])[];
  readonly key: Matrix;
}

const known = new WeakMap<Table, Known>();

/** The Matrix by which what is worked out from X is remembered. */
export function memoKey(X: Matrix | Table): Matrix {
  if (!isTable(X)) return X;
  const before = known.get(X);
  if (before !== undefined && sameCells(before.copy, X)) return before.key;
  const copy = Object.entries(X).map(([name, column]) => [name, column.slice()] as const);
  const key: Matrix = { data: new Float64Array(1), rows: 1, cols: 1 };
  known.set(X, { copy, key });
  return key;
}

function sameCells(copy: Known["copy"], X: Table): boolean {
  const columns = Object.entries(X);
  return (
    columns.length === copy.length &&
    columns.every(([name, column], j) => {
      const [before, cells] = copy[j] as Known["copy"][number];
      if (before !== name || cells.length !== column.length) return false;
      for (let i = 0; i < cells.length; i++) if (!Object.is(cells[i], column[i])) return false;
      return true;
    })
  );
}
