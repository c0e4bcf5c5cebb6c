import { expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { rememberedNeighbors, searchedTable } from "../../src/models/neighbors/neighbors-memo.ts";
import type { Neighbors } from "../../src/wasm/neighbors.ts";

const table = (rows: number): Matrix => ({ data: Float64Array.from({ length: rows }, (_, i) => i), rows, cols: 1 });

/** Asks for k neighbors and says for how many a search was made, 0 for none. */
function asker(train: Matrix, n: number): (queries: Matrix, k: number, metric?: string) => number {
  return (queries, k, metric = "plain") => {
    let searched = 0;
    const found = rememberedNeighbors(searchedTable(train), n, queries, metric, k, (most): Neighbors => {
      searched = most;
      const length = queries.rows * most;
      return {
        k: most,
        distances: Float64Array.from({ length }, (_, at) => at % most),
        rows: new Int32Array(length),
      };
    });
    expect(found.k).toBe(k);
    const rising = Array.from({ length: queries.rows }, () => Array.from({ length: k }, (_, j) => j)).flat();
    expect([...found.distances]).toEqual(rising);
    return searched;
  };
}

test("tables that come back are searched once for all k up to a power of two, and again for more", () => {
  const train = table(100);
  const queries = table(7);
  const ask = asker(train, 100);
  // The first time a table is seen nothing is kept, nor looked for beyond k.
  expect([5, 5, 3, 8, 1, 7].map((k) => ask(queries, k))).toEqual([5, 8, 0, 0, 0, 0]);
  expect([9, 16, 2, 99, 100, 65, 4].map((k) => ask(queries, k))).toEqual([16, 0, 0, 100, 0, 0, 0]);
  expect([4, 4].map((k) => ask(queries, k, "other"))).toEqual([100, 0]);
});

test("other tables, and tables with other numbers, are searched of their own", () => {
  const [train, queries] = [table(50), table(5)];
  const ask = asker(train, 50);
  const other = asker(table(50), 50);
  for (let i = 0; i < 3; i++) ask(queries, 4);
  expect(other(queries, 4)).toBe(4);
  expect(other(queries, 4)).toBe(4);
  expect([ask(queries, 4), other(queries, 4)]).toEqual([0, 0]);
  queries.data[2] = -1;
  expect([4, 4, 4].map((k) => ask(queries, k))).toEqual([4, 4, 0]);
  train.data[0] = 9;
  expect([4, 4, 4].map((k) => ask(queries, k))).toEqual([4, 4, 0]);
});
