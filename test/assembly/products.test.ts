import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cores, type KernelsCore } from "../support/cores.ts";
import { type Dense, dense, numbers, padded, unpadded } from "../support/dense.ts";

// A sum whose terms have these absolute values may differ from another order's by this much.
const slack = (terms: number, magnitude: number): number => terms * 2 ** -52 * magnitude + 1e-300;

const size = fc.nat({ max: 40 });
const pad = fc.nat({ max: 3 });
const seed = fc.integer({ min: 1, max: 2 ** 31 - 1 });

type GemmName = "linalgGemmNN" | "linalgGemmNT" | "linalgGemmTN";

function gemm(
  core: KernelsCore,
  name: GemmName,
  m: number,
  n: number,
  k: number,
  A: Dense,
  B: Dense,
  ldc: number,
): Dense {
  return core.scope((arena) => {
    const C = arena.f64(padded({ rows: m, cols: n, data: new Float64Array(m * n).fill(Number.NaN) }, ldc, 7));
    const lda = A.cols + 1;
    const ldb = B.cols + 2;
    core.exports[name](m, n, k, arena.f64(padded(A, lda)), lda, arena.f64(padded(B, ldb)), ldb, C, ldc);
    return unpadded(arena.readF64(C, m * ldc), m, n, ldc, 7);
  });
}

/** The plain triple loop, summed in the order of the index. */
function product(
  m: number,
  n: number,
  k: number,
  a: (i: number, p: number) => number,
  b: (p: number, j: number) => number,
): Float64Array {
  const C = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a(i, p) * b(p, j);
      C[i * n + j] = sum;
    }
  }
  return C;
}

/** What the three products give, and what the plain loops do. */
function products(
  core: KernelsCore,
  m: number,
  n: number,
  k: number,
  extra: number,
  s: number,
): [Float64Array[], Float64Array[]] {
  const A = dense(m, k, s);
  const At = dense(k, m, s);
  const B = dense(k, n, s + 1);
  const Bt = dense(n, k, s + 1);
  const a = (i: number, p: number): number => A.data[i * k + p] as number;
  const at = (i: number, p: number): number => At.data[p * m + i] as number;
  const b = (p: number, j: number): number => B.data[p * n + j] as number;
  const bt = (p: number, j: number): number => Bt.data[j * k + p] as number;
  return [
    [
      gemm(core, "linalgGemmNN", m, n, k, A, B, n + extra).data,
      gemm(core, "linalgGemmNT", m, n, k, A, Bt, n + extra).data,
      gemm(core, "linalgGemmTN", m, n, k, At, B, n + extra).data,
    ],
    [product(m, n, k, a, b), product(m, n, k, a, bt), product(m, n, k, at, b)],
  ];
}

describe.each(cores)("vectors and products ($build)", ({ core }) => {
  const { linalgAxpy, linalgDot, linalgGemv, linalgGemvT } = core.exports;

  test("dot is within its error bound, and does not depend on the address", () => {
    fc.assert(
      fc.property(size, seed, (n, s) => {
        const x = numbers(n, s);
        const y = numbers(n, s + 1);
        let sum = 0;
        let magnitude = 0;
        for (let i = 0; i < n; i++) {
          const term = (x[i] as number) * (y[i] as number);
          sum += term;
          magnitude += Math.abs(term);
        }
        core.scope((arena) => {
          const even = linalgDot(arena.f64(x), arena.f64(y), n);
          const odd = linalgDot(arena.f64([9, ...x]) + 8, arena.f64(y), n);
          expect(Math.abs(even - sum)).toBeLessThanOrEqual(slack(n, magnitude));
          expect(odd).toBe(even);
        });
      }),
    );
  });

  test("axpy is the plain loop, bit for bit, and stops at its end", () => {
    fc.assert(
      fc.property(size, seed, (n, s) => {
        const x = numbers(n, s);
        const y = numbers(n, s + 1);
        core.scope((arena) => {
          const out = arena.f64([...y, 5]);
          linalgAxpy(1.7, arena.f64(x), out, n);
          expect([...arena.readF64(out, n + 1)]).toEqual([...y.map((value, i) => value + 1.7 * (x[i] as number)), 5]);
        });
      }),
    );
  });

  test("gemv has the bits of dot, gemvT those of the plain loop", () => {
    fc.assert(
      fc.property(size, size, pad, seed, (m, n, extra, s) => {
        const A = dense(m, n, s);
        const lda = n + extra;
        core.scope((arena) => {
          const a = arena.f64(padded(A, lda));
          const x = arena.f64(numbers(n, s + 1));
          const y = arena.f64([...new Float64Array(m).fill(Number.NaN), 5]);
          linalgGemv(a, lda, m, n, x, y);
          const rows = Array.from({ length: m }, (_, i) => linalgDot(a + i * lda * 8, x, n));
          expect([...arena.readF64(y, m + 1)]).toEqual([...rows, 5]);

          const z = numbers(m, s + 2);
          const t = arena.f64([...new Float64Array(n).fill(Number.NaN), 5]);
          linalgGemvT(a, lda, m, n, arena.f64(z), t);
          const columns = product(
            1,
            n,
            m,
            (_, p) => z[p] as number,
            (p, j) => A.data[p * n + j] as number,
          );
          expect([...arena.readF64(t, n + 1)]).toEqual([...columns, 5]);
        });
      }),
    );
  });

  test("gemm is the plain triple loop, bit for bit, at every small size", () => {
    fc.assert(
      fc.property(size, size, size, pad, seed, (m, n, k, extra, s) => {
        const [got, wanted] = products(core, m, n, k, extra, s);
        expect(got).toEqual(wanted);
      }),
    );
  });

  test.each([
    [97, 5, 300],
    [3, 1030, 9],
    [101, 99, 513],
    [1, 1, 1000],
  ])("gemm across its block borders: %i x %i x %i", (m, n, k) => {
    const [got, wanted] = products(core, m, n, k, 1, 42);
    expect(got).toEqual(wanted);
  });

  test("syrk has the bits of gemm, both triangles", () => {
    fc.assert(
      fc.property(size, size, pad, seed, (n, k, extra, s) => {
        const A = dense(n, k, s);
        const At = dense(k, n, s);
        const ldc = n + extra;
        core.scope((arena) => {
          const C = arena.f64(padded({ rows: n, cols: n, data: new Float64Array(n * n).fill(Number.NaN) }, ldc, 7));
          const a = arena.f64(padded(A, k + 1));
          core.exports.linalgSyrkNT(n, k, a, k + 1, C, ldc);
          const rows = unpadded(arena.readF64(C, n * ldc), n, n, ldc, 7);
          expect(rows).toEqual(gemm(core, "linalgGemmNT", n, n, k, A, A, n));
          core.exports.linalgSyrkTN(n, k, arena.f64(padded(At, n + extra)), n + extra, C, ldc);
          const columns = unpadded(arena.readF64(C, n * ldc), n, n, ldc, 7);
          expect(columns).toEqual(gemm(core, "linalgGemmTN", n, n, k, At, At, n));
        });
      }),
    );
  });

  test("syrk across the block borders", () => {
    const n = 1100;
    const A = dense(n, 3, 8);
    const C = core.scope((arena) => {
      const c = arena.f64Alloc(n * n);
      core.exports.linalgSyrkNT(n, 3, arena.f64(A.data), 3, c, n);
      return arena.readF64(c, n * n);
    });
    expect(C.every((_, at) => C[at] === C[(at % n) * n + Math.floor(at / n)])).toBe(true);
    const row = gemm(core, "linalgGemmNT", 1, n, 3, { rows: 1, cols: 3, data: A.data.slice(3 * 1090, 3 * 1091) }, A, n);
    expect(C.slice(1090 * n, 1091 * n)).toEqual(row.data);
  });

  test("gemm keeps what is infinite or not a number", () => {
    core.scope((arena) => {
      const C = arena.f64([0, 0]);
      core.exports.linalgGemmNN(1, 2, 2, arena.f64([Infinity, 1]), 2, arena.f64([1, 0, 1, NaN]), 2, C, 2);
      expect([...arena.readF64(C, 2)]).toEqual([Infinity, NaN]);
    });
  });
});
