import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import type { ModelsCore } from "../../src/wasm/core.ts";
import { neighborsSearch } from "../../src/wasm/neighbors.ts";
import { modelsCores } from "../support/cores.ts";

let state = 1;
/** Uniform in (0, 1). */
const next = (): number => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
};
const whole = (below: number): number => Math.floor(next() * below);

function matrix(rows: number, cols: number, value: (i: number, j: number) => number): Matrix {
  const data = Float64Array.from({ length: rows * cols }, (_, at) => value(Math.floor(at / cols), at % cols));
  return { data, rows, cols };
}

interface Nearest {
  readonly rows: number[];
  readonly distances: number[];
}

/** Comparing all: sums over the coordinates in order, ties by row. */
function sorted(table: Matrix, queries: Matrix, k: number): Nearest {
  const found: Nearest = { rows: [], distances: [] };
  for (let i = 0; i < queries.rows; i++) {
    const sums = Array.from({ length: table.rows }, (_, t) => {
      let sum = 0;
      for (let j = 0; j < table.cols; j++) {
        const gap = (queries.data[i * table.cols + j] as number) - (table.data[t * table.cols + j] as number);
        sum += gap * gap;
      }
      return sum;
    });
    const order = [...sums.keys()].sort((a, b) => (sums[a] as number) - (sums[b] as number) || a - b).slice(0, k);
    found.rows.push(...order);
    found.distances.push(...order.map((t) => Math.sqrt(sums[t] as number)));
  }
  return found;
}

/** Whether the search finds the rows and the bits of comparing all. */
function agrees(core: ModelsCore, table: Matrix, queries: Matrix, k: number): boolean {
  const { rows, distances } = neighborsSearch(core, table, queries, k, "euclidean", 2);
  const wanted = sorted(table, queries, k);
  return (
    rows.length === wanted.rows.length &&
    rows.every((row, at) => row === wanted.rows[at]) &&
    distances.every((distance, at) => distance === wanted.distances[at])
  );
}

/** One row's numbers in turned orders and with turned signs: equally far from 0 but for rounding. */
function sphere(rows: number, cols: number, centre: number, noise: number): Matrix {
  const gaps = Array.from({ length: cols }, next);
  return matrix(rows, cols, (i, j) => {
    const gap = (gaps[(j + i) % cols] as number) * (whole(2) === 0 ? 1 : -1);
    return centre + gap * (1 + noise * next());
  });
}

// Rows, queries and columns are such that the search screens: from 16 queries and 4 columns on, k at most n / 32.
describe.each(modelsCores)("$build: nearest rows, screened in single precision", ({ core }) => {
  test.each([
    [64, 16, 4, 1],
    [250, 130, 5, 7],
    [387, 150, 33, 12],
    [519, 20, 64, 16],
    [129, 17, 700, 4],
  ])("%i rows, %i queries of %i columns, k = %i", (n, m, d, k) => {
    const table = matrix(n, d, next);
    expect(agrees(core, table, matrix(m, d, next), k)).toBe(true);
    expect(agrees(core, table, { data: table.data.slice(0, m * d), rows: m, cols: d }, k)).toBe(true);
  });

  test.each([1, 2, 3, 9, 10, 40, 320])("any k: %i of 320 rows", (k) => {
    const table = matrix(320, 6, () => whole(3));
    expect(
      agrees(
        core,
        table,
        matrix(16, 6, () => whole(3)),
        k,
      ),
    ).toBe(true);
    expect(
      agrees(
        core,
        table,
        matrix(18, 6, () => 3 * next()),
        k,
      ),
    ).toBe(true);
  });

  test.each([
    ["three different rows", (i: number, j: number) => (i % 3 === j % 3 ? 0.1 : 0.7)],
    ["every row the same", (_: number, j: number) => 0.1 * j],
    ["zeros but for one row", (i: number, j: number) => (i === 200 ? j : 0)],
    ["two columns alike", (i: number, j: number) => (j < 2 ? i * 0.01 : 1)],
  ])("%s", (_, value) => {
    const table = matrix(260, 7, value);
    for (const k of [1, 5, 8]) expect(agrees(core, table, matrix(140, 7, value), k)).toBe(true);
  });

  test.each([1e-300, 1e-160, 1e-30, 2 ** -34, 2 ** -31, 2 ** -30, 1e-5, 1e10, 2 ** 47, 2 ** 49, 2 ** 50, 1e30, 1e150])(
    "numbers of size %f",
    (size) => {
      const table = matrix(200, 8, () => size * (next() - 0.5));
      expect(
        agrees(
          core,
          table,
          matrix(20, 8, () => size * (next() - 0.5)),
          5,
        ),
      ).toBe(true);
    },
  );

  test.each([1e8, -1e8, 1e15, 1e150])("numbers beside %f", (offset) => {
    const value = (): number => offset * (1 + 2 ** -40 * next()) + next();
    expect(agrees(core, matrix(200, 9, value), matrix(33, 9, value), 6)).toBe(true);
  });

  test.each([
    ["rounding", 0],
    ["1e-15 of their size", 1e-15],
    ["1e-8", 1e-8],
    ["1e-6", 1e-6],
    ["1e-4", 1e-4],
  ])("rows equally far but for %s", (_, noise) => {
    for (const [d, centre] of [
      [4, 0],
      [16, 3],
      [65, 1000],
    ] as const) {
      const table = sphere(400, d, centre, noise);
      expect(
        agrees(
          core,
          table,
          matrix(16, d, () => centre + 1e-3 * next()),
          6,
        ),
      ).toBe(true);
    }
  });

  test("groups far apart, within which single precision tells nothing", () => {
    for (const apart of [10, 1e3, 1e5, 1e9]) {
      const value = (i: number): number => (i % 2) * apart + next();
      // More than one block of queries: the search gives screening up after the first.
      expect(agrees(core, matrix(300, 6, value), matrix(150, 6, value), 4)).toBe(true);
    }
  });

  test("queries far from the table, one of them out of the range of single precision", () => {
    const table = matrix(150, 5, next);
    for (const far of [100, 1e6, 1e14, 1e16, 1e40, 1e150]) {
      const queries = matrix(280, 5, (i) => next() + (i === 133 ? far : 0) + (i % 50 === 0 ? 1000 : 0));
      expect(agrees(core, table, queries, 3)).toBe(true);
    }
  });
});
