import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cores } from "../support/cores.ts";
import { dense, numbers, padded, unpadded } from "../support/dense.ts";

describe.each(cores)("LU ($build)", ({ core }) => {
  const { linalgLu, linalgLuSolve } = core.exports;

  test("solves with a small residual, and leaves the gaps between rows alone", () => {
    fc.assert(
      fc.property(fc.nat({ max: 25 }), fc.nat({ max: 2 }), fc.integer({ min: 1, max: 1e9 }), (n, extra, seed) => {
        const A = dense(n, n, seed);
        const b = numbers(n, seed + 1);
        const x = core.scope((arena) => {
          const a = arena.f64(padded(A, n + extra, 7));
          const pivots = arena.i32Alloc(n);
          const out = arena.f64([...b, 5]);
          expect(linalgLu(n, a, n + extra, pivots)).toBe(0);
          unpadded(arena.readF64(a, n * (n + extra)), n, n, n + extra, 7);
          linalgLuSolve(n, a, n + extra, pivots, out);
          const solved = arena.readF64(out, n + 1);
          expect(solved[n]).toBe(5);
          return solved.subarray(0, n);
        });
        for (let i = 0; i < n; i++) {
          let residual = -(b[i] as number);
          let magnitude = Math.abs(b[i] as number);
          for (let j = 0; j < n; j++) residual += (A.data[i * n + j] as number) * (x[j] as number);
          for (const u of x) magnitude += Math.abs(u);
          expect(Math.abs(residual)).toBeLessThan(1e-13 * n * magnitude);
        }
      }),
    );
  });

  test.each([
    [1, [0, 1, 0, 2]],
    [2, [1, 2, 2, 4]],
    [1, [Number.NaN, 1, 1, 1]],
    [2, [1, 2, 1, Infinity]],
  ])("names column %i of a matrix without a pivot", (column, entries) => {
    const failed = core.scope((arena) => linalgLu(2, arena.f64(entries), 2, arena.i32Alloc(2)));
    expect(failed).toBe(column);
  });

  test("exchanges rows where the first pivot is zero", () => {
    core.scope((arena) => {
      const a = arena.f64([0, 2, 3, 1]);
      const pivots = arena.i32Alloc(2);
      const b = arena.f64([4, 5]);
      expect(linalgLu(2, a, 2, pivots)).toBe(0);
      linalgLuSolve(2, a, 2, pivots, b);
      expect([...arena.readF64(b, 2)]).toEqual([1, 2]);
    });
  });
});
