import type { Matrix } from "../../core/matrix.ts";
import type { Neighbors } from "../../wasm/neighbors.ts";
import { remembered, tableMemo } from "../table-memo.ts";

// The neighbors of a fold's test rows among its training rows are the same for every k and weighting: a search finds
// them once, for as many as were ever asked for (rounded up to a power of two), and each candidate takes the first k.

/** A training table that neighbors were looked for in. */
export interface SearchedTable {
  /** No other table has it. */
  readonly number: number;
  /** The largest k so far. */
  largest: number;
}

let tables = 0;

/** The training table X [n, d]: the same one again when X is fitted again. */
export function searchedTable(X: Matrix): SearchedTable {
  return remembered(
    X,
    "neighbors",
    () => 16,
    () => ({ number: ++tables, largest: 0 }),
  );
}

/**
 * The k nearest rows of `table`, of n rows, to `queries`, kept once these are known to come again: `search` finds the
 * nearest k' >= k of them, which depend on the two tables, k' and `metric` alone.
 */
export function rememberedNeighbors(
  table: SearchedTable,
  n: number,
  queries: Matrix,
  metric: string,
  k: number,
  search: (k: number) => Neighbors,
): Neighbors {
  table.largest = Math.max(table.largest, k);
  const memo = tableMemo(queries);
  if (memo === null) return search(k);
  let most = 1;
  while (most < table.largest) most *= 2;
  most = Math.min(most, n);
  const what = `neighbors in table ${table.number} by ${metric}, ${most}`;
  let found = memo.get<Neighbors>(what);
  if (found === undefined) {
    found = search(most);
    memo.set(what, found, found.distances.byteLength + found.rows.byteLength);
  }
  return firstNeighbors(found, k);
}

function firstNeighbors({ k: most, distances, rows }: Neighbors, k: number): Neighbors {
  const queries = rows.length / most;
  const first = { k, distances: new Float64Array(queries * k), rows: new Int32Array(queries * k) };
  for (let i = 0; i < queries; i++) {
    first.distances.set(distances.subarray(i * most, i * most + k), i * k);
    first.rows.set(rows.subarray(i * most, i * most + k), i * k);
  }
  return first;
}
