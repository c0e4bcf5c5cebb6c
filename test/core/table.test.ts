import { describe, expect, test } from "vitest";
import {
  checkFeatures,
  checkTable,
  type Features,
  featureMatrix,
  isNumeric,
  isTable,
  rowsOf,
  type Table,
  takeFeatures,
} from "../../src/core/table.ts";
import { svc } from "../../src/models/index.ts";

const table: Table = {
  age: [31, null, 44],
  city: ["Oslo", "Bern", undefined],
  rooms: Int32Array.of(1, 2, 3),
  open: [true, false, true],
};

describe("tables", () => {
  test("are told from matrices and rows", () => {
    expect(isTable(table)).toBe(true);
    expect(isTable({ data: [1, 2], rows: [1, 2] })).toBe(true);
    expect(isTable({ data: new Float64Array(1), rows: 1, cols: 1 })).toBe(false);
    expect(isTable([[1]])).toBe(false);
  });

  test("single precision with a shape is numbers as well, and checked as they are", () => {
    const single = { data: Float32Array.of(0.5, 1, 2, 3), rows: 2, cols: 2 };
    expect(isTable(single)).toBe(false);
    expect(featureMatrix(single)).toEqual({ data: Float64Array.of(0.5, 1, 2, 3), rows: 2, cols: 2 });
    expect(featureMatrix({ ...single, data: Float32Array.of(1, Number.NaN), cols: 1 }, "X", true).data[1]).toBeNaN();
    const odd = { ...single, data: Float32Array.of(0, 1, Number.NEGATIVE_INFINITY, 3) };
    expect(() => featureMatrix(odd)).toThrow('"X": expected finite numbers, got -Infinity in row 1, column 0');
    expect(() => featureMatrix({ ...single, rows: 3 })).toThrow('"X": expected a table of at least one row and column');
    const labels = ["a", "b"];
    const doubles = svc().fit(
      [
        [0.5, 1],
        [2, 3],
      ],
      labels,
    );
    expect(svc().fit(single, labels).save()).toEqual(doubles.save());
  });

  test("give their rows by number, each column in its own form", () => {
    expect(checkTable(table)).toBe(3);
    expect(rowsOf(table)).toBe(3);
    expect(takeFeatures(table, [2, 0])).toEqual({
      age: [44, 31],
      city: [undefined, "Oslo"],
      rooms: Int32Array.of(3, 1),
      open: [true, true],
    });
  });

  test("have columns of numbers where every cell is one or missing", () => {
    expect(Object.values(table).map(isNumeric)).toEqual([true, false, true, false]);
    expect(isNumeric([null, Number.NaN])).toBe(true);
  });

  test("of numbers are matrices to models", () => {
    expect(featureMatrix({ a: [1, 2], b: Uint8Array.of(3, 4) })).toEqual({
      data: Float64Array.of(1, 3, 2, 4),
      rows: 2,
      cols: 2,
    });
    const X = [[0], [1], [2], [3]];
    const y = ["a", "a", "b", "b"];
    const model = svc().fit({ x: [0, 1, 2, 3] }, y);
    expect(model.predict({ x: Float32Array.of(0.5, 2.5) })).toEqual(
      svc()
        .fit(X, y)
        .predict([[0.5], [2.5]]),
    );
  });

  test("with missing values or categories are let through as they are where that is wanted", () => {
    expect(checkFeatures(table)).toBe(table);
    expect(checkFeatures([[1, Number.NaN]])).toEqual({ data: Float64Array.of(1, Number.NaN), rows: 1, cols: 2 });
  });

  test.each<[string, unknown, string]>([
    ["no columns", {}, '"X": expected a table of at least one row and column, got {}'],
    ["no rows", { a: [], b: [] }, '"X": expected a table of at least one row and column, got {a, b}'],
    ["unequal columns", { a: [1, 2], b: [1] }, '"X": expected 2 rows in column "b", got 1'],
    ["what is no column", { a: [1], b: "x" }, '"X": expected an array as column "b", got "x"'],
    ["what is no cell", { a: [1, [2]] }, '"X": expected numbers, strings, booleans or null as cells, got [2] in row 1'],
    [
      "infinite numbers",
      { a: Float64Array.of(0, Infinity) },
      '"X": expected finite numbers, got Infinity in row 1, co',
    ],
    ["words, for a model", { a: [1, 2], b: [1, "x"] }, '"X": expected numbers, got "x" in row 1, column "b"'],
    ["gaps, for a model", { a: [1, null] }, '"X": expected finite numbers, got NaN in row 1, column "a"'],
    ["nothing", null, '"X": expected rows of numbers, got null'],
    ["bytes", new Uint8Array(3), '"X": expected rows of numbers, got Uint8Array'],
  ])("%s are refused", (_, X, message) => {
    expect(() => featureMatrix(X as Features)).toThrow(
      expect.objectContaining({ code: "invalid-data", message: expect.stringContaining(message) }),
    );
  });
});
