import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256Hex } from "../../src/wasm/sha256.ts";
import { cores, type KernelsCore } from "../support/cores.ts";
import { type Dense, dense, lowerTriangular, numbers, padded, unpadded } from "../support/dense.ts";

const size = fc.nat({ max: 40 });
const pad = fc.nat({ max: 3 });
const seed = fc.integer({ min: 1, max: 2 ** 31 - 1 });

/** G G^T + I / 2: symmetric, positive definite. */
function positiveDefinite(n: number, s: number): Dense {
  const G = numbers(n * n, s);
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? 0.5 : 0;
      for (let p = 0; p < n; p++) sum += (G[i * n + p] as number) * (G[j * n + p] as number);
      data[i * n + j] = sum;
    }
  }
  return { rows: n, cols: n, data };
}

/** The textbook loop. */
function plainCholesky({ rows: n, data: A }: Dense): Float64Array {
  const L = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = A[i * n + j] as number;
      for (let p = 0; p < j; p++) sum -= (L[i * n + p] as number) * (L[j * n + p] as number);
      L[i * n + j] = i === j ? Math.sqrt(sum) : sum / (L[j * n + j] as number);
    }
  }
  return L;
}

/** A with NaN above its diagonal: what must not be read. */
function lowerOnly({ rows: n, cols, data }: Dense): Dense {
  return { rows: n, cols, data: data.map((value, k) => (k % n > Math.floor(k / n) ? Number.NaN : value)) };
}

function factor(core: KernelsCore, A: Dense, ld: number): { failed: number; L: Dense } {
  return core.scope((arena) => {
    const block = arena.f64(padded(lowerOnly(A), ld, 7));
    const failed = core.exports.linalgCholesky(A.rows, block, ld);
    return { failed, L: unpadded(arena.readF64(block, A.rows * ld), A.rows, A.rows, ld, 7) };
  });
}

describe.each(cores)("Cholesky ($build)", ({ core }) => {
  test("the bits of the textbook loop, at every small size", () => {
    fc.assert(
      fc.property(size, pad, seed, (n, extra, s) => {
        const A = positiveDefinite(n, s);
        const { failed, L } = factor(core, A, n + extra);
        expect(failed).toBe(0);
        expect(L.data).toEqual(plainCholesky(A));
      }),
    );
  });

  test.each([63, 64, 65, 150, 301])("the same at n = %i", (n) => {
    const A = positiveDefinite(n, n);
    expect(factor(core, A, n + 1).L.data).toEqual(plainCholesky(A));
  });

  test("a factor grown row by row has the bits of the whole one", () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 0, max: 5 }), seed, (n, k, s) => {
        const A = positiveDefinite(n + k, s);
        const whole = factor(core, A, n + k).L;
        core.scope((arena) => {
          const N = n + k;
          const grown = whole.data.map((value, at) => {
            const row = Math.floor(at / N);
            if (at % N > row && at % N >= n) return Number.NaN;
            return row < n ? value : (A.data[at] as number);
          });
          const block = arena.f64(grown);
          expect(core.exports.linalgCholeskyAppend(n, k, block, N)).toBe(0);
          expect(arena.readF64(block, N * N)).toEqual(whole.data);
        });
      }),
    );
  });

  test.each([1, 2, 16, 17, 30, 70])("names pivot %i when it is not positive and finite", (pivot) => {
    for (const spoilt of [-1, 0, Number.NaN, Infinity]) {
      const A = positiveDefinite(75, 3);
      const k = (pivot - 1) * 76;
      // A zero pivot needs a row of zeros beside it; the others are plain.
      if (spoilt === 0) for (let j = 0; j < 75; j++) A.data[(pivot - 1) * 75 + j] = 0;
      A.data[k] = spoilt;
      expect(factor(core, A, 75).failed).toBe(pivot);
    }
  });

  test("append names the pivot in the whole matrix", () => {
    core.scope((arena) => {
      const block = arena.f64([2, 0, 0, 1, 1, 0, 2, 1, -1]);
      expect(core.exports.linalgCholeskyAppend(1, 2, block, 3)).toBe(2 + 1);
    });
  });

  test("solves: the residual is of the order of rounding", () => {
    fc.assert(
      fc.property(size, seed, (n, s) => {
        const A = positiveDefinite(n, s);
        const { L } = factor(core, A, n);
        const b = numbers(n, s + 1);
        const x = core.scope((arena) => {
          const p = arena.f64(b);
          core.exports.linalgCholeskySolve(n, arena.f64(L.data), n, p);
          return arena.readF64(p, n);
        });
        const scale = x.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
        for (let i = 0; i < n; i++) {
          let sum = -(b[i] as number);
          for (let j = 0; j < n; j++) sum += (A.data[i * n + j] as number) * (x[j] as number);
          expect(Math.abs(sum)).toBeLessThan(1e-13 * (n + 1) * scale * n);
        }
      }),
    );
  });

  test("keeps its bits", () => {
    const n = 200;
    const A = positiveDefinite(n, 12);
    const { L } = factor(core, A, n);
    const out = core.scope((arena) => {
      const l = arena.f64(L.data);
      const v = arena.f64(numbers(n, 5));
      const B = arena.f64(dense(n, n, 6).data);
      const C = arena.f64Alloc(n * n);
      core.exports.linalgCholeskySolve(n, l, n, v);
      core.exports.linalgTrsmRN(n, n, l, n, B, n);
      core.exports.linalgTrsmLT(n, n, l, n, B, n);
      core.exports.linalgSyrkTN(n, n, B, n, C, n);
      return [L.data, arena.readF64(v, n), arena.readF64(B, n * n), arena.readF64(C, n * n)];
    });
    const bytes = Buffer.concat(out.map((block) => new Uint8Array(block.buffer)));
    expect(sha256Hex(core, bytes)).toBe("9b6c3b12653a9bef8d9a9241167f632e3eba396a041a208d5858778d1c0c0261");
  });
});

type Solve = "linalgTrsmRT" | "linalgTrsmRN" | "linalgTrsmLN" | "linalgTrsmLT";

describe.each(cores)("triangular solves ($build)", ({ core }) => {
  /** Entry (i, j) of op(L). */
  const entry = (L: Dense, transposed: boolean, i: number, j: number): number =>
    (transposed ? L.data[j * L.cols + i] : L.data[i * L.cols + j]) as number;

  function solve(name: Solve, L: Dense, B: Dense, extra: number): Dense {
    const { exports } = core;
    const n = L.rows;
    return core.scope((arena) => {
      const l = arena.f64(padded(lowerOnly(L), n + extra));
      const ld = B.cols + extra;
      const b = arena.f64(padded(B, ld, 7));
      if (name === "linalgTrsmRT" || name === "linalgTrsmRN") exports[name](B.rows, n, l, n + extra, b, ld);
      else exports[name](n, B.cols, l, n + extra, b, ld);
      return unpadded(arena.readF64(b, B.rows * ld), B.rows, B.cols, ld, 7);
    });
  }

  // op(L) X - B for the solves from the left, X op(L) - B from the right, beside its rounding error's bound.
  function expectSolved(name: Solve, L: Dense, B: Dense, X: Dense): void {
    const left = name === "linalgTrsmLN" || name === "linalgTrsmLT";
    const transposed = name === "linalgTrsmRT" || name === "linalgTrsmLT";
    const n = L.rows;
    for (let i = 0; i < B.rows; i++) {
      for (let j = 0; j < B.cols; j++) {
        const b = B.data[i * B.cols + j] as number;
        let sum = -b;
        let bound = Math.abs(b);
        for (let p = 0; p < n; p++) {
          const term = left
            ? entry(L, transposed, i, p) * (X.data[p * B.cols + j] as number)
            : (X.data[i * n + p] as number) * entry(L, transposed, p, j);
          sum += term;
          bound += Math.abs(term);
        }
        expect(Math.abs(sum)).toBeLessThanOrEqual((n + 2) * 2 ** -51 * bound);
      }
    }
  }

  test.each<Solve>(["linalgTrsmRT", "linalgTrsmRN", "linalgTrsmLN", "linalgTrsmLT"])("%s", (name) => {
    const right = name === "linalgTrsmRT" || name === "linalgTrsmRN";
    fc.assert(
      fc.property(size, fc.nat({ max: 12 }), pad, seed, (n, m, extra, s) => {
        const L = lowerTriangular(n, s);
        const B = right ? dense(m, n, s + 1) : dense(n, m, s + 1);
        expectSolved(name, L, B, solve(name, L, B, extra));
      }),
    );
    const L = lowerTriangular(150, 9);
    const B = right ? dense(7, 150, 1) : dense(150, 7, 1);
    const X = solve(name, L, B, 1);
    expectSolved(name, L, B, X);
    expect(X.data.some((value) => value !== 0)).toBe(true);
  });

  test("forward substitution has the bits of the plain loop", () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 9 }), seed, (n, m, s) => {
        const L = lowerTriangular(n, s);
        const B = dense(m, n, s + 1);
        const wanted = B.data.slice();
        for (let r = 0; r < m; r++) {
          for (let i = 0; i < n; i++) {
            let sum = wanted[r * n + i] as number;
            for (let p = 0; p < i; p++) sum -= (L.data[i * n + p] as number) * (wanted[r * n + p] as number);
            wanted[r * n + i] = sum / (L.data[i * n + i] as number);
          }
        }
        expect(solve("linalgTrsmRT", L, B, 0).data).toEqual(wanted);
        const columns = {
          rows: n,
          cols: m,
          data: B.data.map((_, k) => B.data[(k % m) * n + Math.floor(k / m)] as number),
        };
        const across = solve("linalgTrsmLN", L, columns, 0).data;
        expect(across).toEqual(wanted.map((_, k) => wanted[(k % m) * n + Math.floor(k / m)] as number));
      }),
    );
  });

  test("one right-hand side", () => {
    fc.assert(
      fc.property(size, seed, (n, s) => {
        const L = lowerTriangular(n, s);
        const b = dense(n, 1, s + 1);
        core.scope((arena) => {
          const l = arena.f64(lowerOnly(L).data);
          const x = arena.f64([...b.data, 5]);
          core.exports.linalgTrsv(n, l, n, x);
          const forward = arena.readF64(x, n + 1);
          expect(forward[n]).toBe(5);
          expectSolved("linalgTrsmLN", L, b, { rows: n, cols: 1, data: forward.subarray(0, n) });
          const y = arena.f64([...b.data, 5]);
          core.exports.linalgTrsvT(n, l, n, y);
          const backward = arena.readF64(y, n + 1);
          expect(backward[n]).toBe(5);
          expectSolved("linalgTrsmLT", L, b, { rows: n, cols: 1, data: backward.subarray(0, n) });
        });
      }),
    );
  });
});
