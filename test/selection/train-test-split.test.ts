import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { iris } from "../../src/datasets/index.ts";
import { type TrainTestSplitOptions, trainTestSplit } from "../../src/selection.ts";

const X = Array.from({ length: 12 }, (_, i) => [i, i * i]);
const y = X.map((_, i) => (i % 3 === 0 ? "a" : "b"));
const refused = (code: string, message: string): object =>
  expect.objectContaining({ name: "VernierError", code, message });

describe("trainTestSplit", () => {
  test("keeps rows, labels and numbers of rows together", () => {
    const options: fc.Arbitrary<TrainTestSplitOptions> = fc.record({
      testSize: fc.constantFrom(0.2, 0.5, 4),
      seed: fc.nat(),
      stratify: fc.boolean(),
    });
    fc.assert(
      fc.property(options, (options) => {
        const { trainX, trainY, trainRows, testX, testY, testRows } = trainTestSplit(X, y, options);
        expect([...trainRows, ...testRows].sort((a, b) => a - b)).toEqual(X.map((_, i) => i));
        for (const [table, labels, rows] of [
          [trainX, trainY, trainRows],
          [testX, testY, testRows],
        ] as const) {
          expect([table.rows, table.cols]).toEqual([rows.length, 2]);
          expect([...table.data]).toEqual([...rows].flatMap((row) => [row, row * row]));
          expect(labels).toEqual([...rows].map((row) => y[row]));
          expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
        }
      }),
    );
  });

  test("tests a quarter by default, or what trainSize leaves", () => {
    const sizes = (options?: TrainTestSplitOptions): number[] => {
      const { trainRows, testRows } = trainTestSplit(X, y, options);
      return [trainRows.length, testRows.length];
    };
    expect(sizes()).toEqual([9, 3]);
    expect(sizes({ trainSize: 0.3 })).toEqual([3, 9]);
    expect(sizes({ trainSize: 5, stratify: true })).toEqual([5, 7]);
    expect(sizes({ trainSize: 5, testSize: 2 })).toEqual([5, 2]);
    expect(sizes({ shuffle: false, testSize: 0.3 })).toEqual([8, 4]);
  });

  test("does not shuffle when told so", () => {
    const { trainRows, testRows } = trainTestSplit(X, y, { shuffle: false, trainSize: 4, testSize: 3 });
    expect([[...trainRows], [...testRows]]).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test("stratifies by y or by other labels", () => {
    const { X, y } = iris();
    const counts = (labels: readonly unknown[]): number[] => {
      return [...new Set(labels)].map((label) => labels.filter((other) => other === label).length);
    };
    expect(counts(trainTestSplit(X, y, { testSize: 0.2, stratify: true }).testY)).toEqual([10, 10, 10]);
    const halves = y.map((_, i) => i % 2);
    const { testRows } = trainTestSplit(X, y, { testSize: 0.2, stratify: halves });
    expect(counts([...testRows].map((row) => halves[row]))).toEqual([15, 15]);
  });

  test("keeps groups together", () => {
    const groups = X.map((_, i) => i % 4);
    for (let seed = 0; seed < 10; seed++) {
      const { trainRows, testRows } = trainTestSplit(X, y, { groups, seed });
      expect(new Set([...testRows].map((row) => groups[row])).size).toBe(1);
      expect(new Set([...trainRows].map((row) => groups[row])).size).toBe(3);
    }
  });

  test("is the same for the same seed, and another for another", () => {
    const { X, y } = iris();
    const rows = (seed?: number): number[] => [...trainTestSplit(X, y, seed === undefined ? {} : { seed }).testRows];
    expect(rows(3)).toEqual(rows(3));
    expect(rows(3)).not.toEqual(rows(4));
    expect(rows()).toEqual(rows(0));
  });

  test("takes numbers for y, and keeps their type", () => {
    const values = Float64Array.from(X, (_, i) => i / 7);
    const { testY, testRows } = trainTestSplit(X, values);
    const sum: number = testY.reduce((total, value) => total + value, 0);
    expect(sum).toBeCloseTo(
      [...testRows].reduce((total, row) => total + row / 7, 0),
      12,
    );
  });
});

test.each<[string, TrainTestSplitOptions, string]>([
  ["both kinds of strata", { stratify: true, groups: y }, '"stratify": expected none with groups, got both'],
  [
    "strata without a shuffle",
    { shuffle: false, stratify: true },
    '"stratify": expected none with shuffle: false, got one',
  ],
  ["groups without a shuffle", { shuffle: false, groups: y }, '"groups": expected none with shuffle: false, got one'],
  ["a seed without a shuffle", { shuffle: false, seed: 0 }, '"seed": expected none with shuffle: false, got one'],
  ["fewer strata", { stratify: [1, 2] }, '"stratify": expected a label for each of the 12 samples, got 2'],
  ["fewer groups", { groups: [1, 2] }, '"groups": expected a group for each of the 12 samples, got 2'],
  [
    "no share and no count",
    { testSize: 1.5 },
    '"testSize": expected a share between 0 and 1 or a whole number, got 1.5',
  ],
  [
    "everything tested",
    { testSize: 12 },
    '"testSize": expected at least one of 12 samples on either side, got testSize 12, trainSize "the rest"',
  ],
  [
    "everything tested without a shuffle",
    { testSize: 12, shuffle: false },
    '"testSize": expected at least one of 12 samples on either side, got testSize 12, trainSize "the rest"',
  ],
  ["a seed below 0", { seed: -1 }, '"seed": expected a whole number >= 0, got -1'],
])("trainTestSplit refuses %s", (_, options, message) => {
  expect(() => trainTestSplit(X, y, options)).toThrow(refused("invalid-argument", message));
});

test("trainTestSplit refuses unequal lengths and infinite entries", () => {
  expect(() => trainTestSplit(X, y.slice(1))).toThrow(
    refused("invalid-data", '"y": expected an entry for each of X\'s 12 rows, got 11'),
  );
  expect(() => trainTestSplit([[Number.POSITIVE_INFINITY], [1]], [0, 1])).toThrow(
    refused("invalid-data", '"X": expected finite numbers, got Infinity in row 0, column 0'),
  );
});

test("trainTestSplit divides tables of columns, missing values and all", () => {
  const table = { city: ["Oslo", null, "Bern", "Rome"], age: Float64Array.of(1, Number.NaN, 3, 4) };
  const { trainX, testX, testY } = trainTestSplit(table, [0, 1, 0, 1], { shuffle: false, testSize: 2 });
  expect(trainX).toEqual({ city: ["Oslo", null], age: Float64Array.of(1, Number.NaN) });
  expect(testX).toEqual({ city: ["Bern", "Rome"], age: Float64Array.of(3, 4) });
  expect(testY).toEqual([0, 1]);
});
