import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { cholesky, choleskySolve, gram, matrixVector, multiply, multiplyTransposed } from "../../src/wasm/linalg.ts";
import { allCores } from "../support/cores.ts";

const matrix = (...rows: number[][]): Matrix => ({
  data: Float64Array.from(rows.flat()),
  rows: rows.length,
  cols: rows[0]?.length ?? 0,
});

describe.each(allCores)("linear algebra on matrices ($build)", ({ core }) => {
  const A = matrix([1, 2, 3], [4, 5, 6]);

  test("products", () => {
    expect([...matrixVector(core, A, Float64Array.of(1, 0, -1))]).toEqual([-2, -2]);
    expect(multiply(core, A, matrix([1, 0], [0, 1], [1, 1]))).toEqual(matrix([4, 5], [10, 11]));
    expect(multiplyTransposed(core, A, A)).toEqual(matrix([14, 32], [32, 77]));
    expect(gram(core, A)).toEqual(matrix([17, 22, 27], [22, 29, 36], [27, 36, 45]));
  });

  test("Cholesky reads the lower triangle only, and solves", () => {
    const L = cholesky(core, matrix([4, Number.NaN], [2, 10]));
    expect(L).toEqual(matrix([2, 0], [1, 3]));
    expect([...choleskySolve(core, L, Float64Array.of(8, 22))]).toEqual([1, 2]);
  });

  test("what does not fit is named", () => {
    expect(() => matrixVector(core, A, new Float64Array(2))).toThrow('"x": expected 3 numbers, got 2');
    expect(() => multiply(core, A, A)).toThrow('"B": expected a 3 x 3 matrix, got 2 x 3 with 6 numbers');
    expect(() => multiplyTransposed(core, A, matrix([1, 2]))).toThrow('"B": expected a 1 x 3 matrix, got 1 x 2');
    expect(() => cholesky(core, A)).toThrow('"A": expected a 2 x 2 matrix, got 2 x 3');
    expect(() => choleskySolve(core, matrix([1]), new Float64Array(2))).toThrow('"b": expected 1 numbers, got 2');
    expect(() => cholesky(core, matrix([1, 2], [2, 1]))).toThrow(
      expect.objectContaining({ code: "numerical-failure", message: expect.stringContaining("pivot 2 of 2") }),
    );
  });

  test("nothing stays behind in the arena", () => {
    const mark = core.exports.arenaMark();
    gram(core, A);
    expect(() => cholesky(core, matrix([-1]))).toThrow("pivot 1 of 1");
    expect(core.exports.arenaMark()).toBe(mark);
  });
});
