import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cores } from "../support/cores.ts";
import { type Dense, lowerTriangular, padded } from "../support/dense.ts";

const times = (
  a: (i: number, k: number) => number,
  b: (k: number, j: number) => number,
  n: number,
  i: number,
  j: number,
) => {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += a(i, k) * b(k, j);
  return sum;
};

describe.each(cores)("the inverse from a Cholesky factor ($build)", ({ core }) => {
  /** L^-1 and the lower triangle of (L L^T)^-1. */
  function invert(L: Dense, ld: number): { factor: Float64Array; inverse: Float64Array } {
    const n = L.rows;
    return core.scope((arena) => {
      const l = arena.f64(padded(L, ld, 7));
      const a = arena.f64Alloc(n * ld);
      core.exports.linalgCholeskyInverse(n, l, ld, a, ld);
      return { factor: arena.readF64(l, n * ld), inverse: arena.readF64(a, n * ld) };
    });
  }

  test("times L L^T is the identity, at sizes below, at and above the blocks", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 75 }), fc.nat({ max: 3 }), fc.nat({ max: 1e9 }), (n, extra, seed) => {
        const L = lowerTriangular(n, seed + 1);
        const ld = n + extra;
        const { factor, inverse } = invert(L, ld);
        const l = (i: number, k: number): number => L.data[i * n + k] as number;
        const x = (i: number, k: number): number => factor[i * ld + k] as number;
        const a = (i: number, k: number): number => inverse[i >= k ? i * ld + k : k * ld + i] as number;
        const llt = (k: number, j: number): number => times(l, (p, q) => l(q, p), n, k, j);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            const unit = i === j ? 1 : 0;
            expect(Math.abs(times(l, x, n, i, j) - unit)).toBeLessThan(1e-9);
          }
          for (let j = i + 1; j < n; j++) expect(x(i, j)).toBe(0);
          const j = (seed + i) % n;
          expect(Math.abs(times(a, llt, n, i, j) - (i === j ? 1 : 0))).toBeLessThan(1e-7);
        }
        for (let i = 0; i < n; i++)
          expect(factor.subarray(i * ld + n, (i + 1) * ld).every((gap) => gap === 7)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("inverts a diagonal exactly", () => {
    const diagonal = [2, -4, 0.5].map(Math.abs);
    const data = Float64Array.from({ length: 9 }, (_, k) => (k % 4 === 0 ? (diagonal[k / 4] as number) : 0));
    const { inverse } = invert({ rows: 3, cols: 3, data }, 3);
    expect([inverse[0], inverse[4], inverse[8]]).toEqual([1 / 4, 1 / 16, 4]);
  });
});
