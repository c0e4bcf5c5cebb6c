import { expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { remembered, tableMemo } from "../../src/models/table-memo.ts";

const table = (...data: number[]): Matrix => ({ data: Float64Array.from(data), rows: data.length, cols: 1 });
const HALF = 64 * 1024 * 1024;

// The first test, as what is kept counts from one to the next.
test("beyond the budget everything is dropped, and a value larger than it is never kept", () => {
  const [X, Z] = [table(6), table(7)];
  tableMemo(X);
  tableMemo(Z);
  tableMemo(X)?.set("first", 1, HALF + 1);
  const old = tableMemo(X);
  tableMemo(Z)?.set("second", 2, HALF + 1);
  expect(tableMemo(X)).toBe(null);
  // A memo from before is of no effect.
  old?.set("late", 3, 1);
  expect(tableMemo(X)?.get("late")).toBe(undefined);
  tableMemo(X)?.set("huge", 4, 3 * HALF);
  expect(tableMemo(X)?.get("huge")).toBe(undefined);
});

test("there is a memo from the second time that a table is seen, until it is written to", () => {
  const X = table(1, Number.NaN, 3);
  expect(tableMemo(X)).toBe(null);
  tableMemo(X)?.set("a", "kept", 10);
  expect(tableMemo(X)?.get("a")).toBe("kept");
  expect(tableMemo(X)?.get("b")).toBe(undefined);
  X.data[0] = 2;
  expect(tableMemo(X)).toBe(null);
  expect(tableMemo(X)?.get("a")).toBe(undefined);
});

test("what takes the place of a value takes its bytes too", () => {
  const X = table(5);
  tableMemo(X);
  tableMemo(X)?.set("other", 1, 10);
  for (let k = 0; k < 5; k++) tableMemo(X)?.set("large", k, HALF / 4);
  expect(tableMemo(X)?.get("large")).toBe(4);
  expect(tableMemo(X)?.get("other")).toBe(1);
});

test("remembered() computes twice", () => {
  const X = table(8);
  let computed = 0;
  const ask = (): number =>
    remembered(
      X,
      "count",
      () => 8,
      () => ++computed,
    );
  expect([ask(), ask(), ask(), ask()]).toEqual([1, 2, 2, 2]);
});
