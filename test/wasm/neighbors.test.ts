import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { type NeighborMetric, neighborsSearch } from "../../src/wasm/neighbors.ts";
import { models, modelsCores } from "../support/cores.ts";

const row = (X: Matrix, i: number): number[] => [...X.data.subarray(i * X.cols, (i + 1) * X.cols)];

const metrics: Readonly<Record<NeighborMetric, (gaps: number[], p: number) => number>> = {
  euclidean: (gaps) => Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0)),
  manhattan: (gaps) => gaps.reduce((sum, gap) => sum + gap, 0),
  chebyshev: (gaps) => Math.max(...gaps),
  minkowski: (gaps, p) => gaps.reduce((sum, gap) => sum + gap ** p, 0) ** (1 / p),
};

function oracle(table: Matrix, queries: Matrix, k: number, metric: NeighborMetric, p: number): [number, number][][] {
  return Array.from({ length: queries.rows }, (_, i) => {
    const x = row(queries, i);
    const all = Array.from({ length: table.rows }, (__, t): [number, number] => {
      const z = row(table, t);
      return [
        metrics[metric](
          x.map((value, j) => Math.abs(value - (z[j] as number))),
          p,
        ),
        t,
      ];
    });
    return all.sort(([a, s], [b, t]) => a - b || s - t).slice(0, k);
  });
}

/** Tables of small whole numbers, in which many distances tie exactly. */
const tables = fc
  .record({ n: fc.integer({ min: 1, max: 40 }), m: fc.integer({ min: 1, max: 11 }), d: fc.integer({ min: 1, max: 9 }) })
  .chain(({ n, m, d }) => {
    const numbers = (rows: number): fc.Arbitrary<Matrix> =>
      fc
        .array(fc.integer({ min: -2, max: 2 }), { minLength: rows * d, maxLength: rows * d })
        .map((data) => ({ data: Float64Array.from(data), rows, cols: d }));
    return fc.tuple(numbers(n), numbers(m), fc.integer({ min: 1, max: n }));
  });

describe.each(modelsCores)("$build: nearest rows", ({ core }) => {
  test.each<NeighborMetric>(["euclidean", "manhattan", "chebyshev"])(
    "%s: those of sorting all, ties by row",
    (metric) => {
      fc.assert(
        fc.property(tables, ([table, queries, k]) => {
          const found = neighborsSearch(core, table, queries, k, metric, 2);
          const expected = oracle(table, queries, k, metric, 2).flat();
          expect([...found.rows]).toEqual(expected.map(([, t]) => t));
          expect([...found.distances]).toEqual(expected.map(([distance]) => distance));
        }),
        { numRuns: 150 },
      );
    },
  );

  test("Minkowski: distances of powers 1.5 and 5", () => {
    fc.assert(
      fc.property(tables, fc.constantFrom(1.5, 5), ([table, queries, k], p) => {
        const found = neighborsSearch(core, table, queries, k, "minkowski", p);
        const expected = oracle(table, queries, k, "minkowski", p).flat();
        found.distances.forEach((distance, at) => {
          const [wanted] = expected[at] as [number, number];
          expect(Math.abs(distance - wanted)).toBeLessThanOrEqual(1e-13 * wanted);
        });
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [300, 150, 3, 7],
    [131, 140, 300, 131],
    [1000, 9, 64, 1],
  ])("%i rows, %i queries of %i columns, k = %i: real numbers in several blocks", (n, m, d, k) => {
    let state = 1;
    const next = (): number => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const numbers = (rows: number): Matrix => ({ data: Float64Array.from({ length: rows * d }, next), rows, cols: d });
    const [table, queries] = [numbers(n), numbers(m)];
    const found = neighborsSearch(core, table, queries, k, "euclidean", 2);
    const expected = oracle(table, queries, k, "euclidean", 2).flat();
    expect([...found.distances]).toEqual(expected.map(([distance]) => distance));
    expect([...found.rows]).toEqual(expected.map(([, t]) => t));
  });

  test("distances are those of the numbers as they are: tiny, huge, far from 0", () => {
    const table = { data: Float64Array.of(1e150, 1e150 + 1e135, 1e-200, 0, 1e9, 1e9 + 1e-6), rows: 6, cols: 1 };
    const found = neighborsSearch(core, table, table, 2, "euclidean", 2);
    expect([...found.rows]).toEqual([0, 1, 1, 0, 2, 3, 2, 3, 4, 5, 5, 4]);
  });
});

test("an overflow is refused", () => {
  const table = { data: Float64Array.of(1e200, -1e200), rows: 2, cols: 1 };
  expect(() => neighborsSearch(models, table, table, 2, "euclidean", 2)).toThrow("got an overflow");
  expect([...neighborsSearch(models, table, table, 2, "manhattan", 2).distances]).toEqual([0, 2e200, 0, 2e200]);
  expect([...neighborsSearch(models, table, table, 1, "euclidean", 2).distances]).toEqual([0, 0]);
});
