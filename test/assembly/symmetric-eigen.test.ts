import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CoreWith } from "../../src/wasm/core.ts";
import { symmetricEigen } from "../../src/wasm/linalg.ts";
import { allCores } from "../support/cores.ts";
import { numbers, padded, unpadded } from "../support/dense.ts";

const u = 2 ** -53;

interface Found {
  readonly status: number;
  readonly w: Float64Array;
  /** Rows are eigenvectors. */
  readonly V: Float64Array;
}

/** The kernel on the lower triangle of A, in rows `pad` longer than n. */
function eigen(core: CoreWith<"linalgSymmetricEigen">, n: number, A: ArrayLike<number>, pad = 0): Found {
  const lower = Float64Array.from(A, (a, k) => (k % n > Math.floor(k / n) ? Number.NaN : a));
  return core.scope((arena) => {
    const block = arena.f64(padded({ rows: n, cols: n, data: lower }, n + pad, 7));
    const w = arena.f64Alloc(n);
    const status = core.exports.linalgSymmetricEigen(n, block, n + pad, w);
    const V = unpadded(arena.readF64(block, n * (n + pad)), n, n, n + pad, 7).data;
    return { status, w: arena.readF64(w, n), V };
  });
}

function symmetric(n: number, seed: number): Float64Array {
  const G = numbers(n * n, seed);
  return G.map((_, k) => (G[k] as number) + (G[(k % n) * n + Math.floor(k / n)] as number));
}

const norm = (A: ArrayLike<number>): number => Math.sqrt(Array.from(A).reduce((sum, a) => sum + a * a, 0));

/** |A - V^T W V| / |A| and |V V^T - I|, in units of n u. */
function errors(n: number, A: ArrayLike<number>, { w, V }: Found): [number, number] {
  const v = (k: number, i: number): number => V[k * n + i] as number;
  const residual = Array.from(A, (a, at) => {
    let sum = a;
    for (let k = 0; k < n; k++) sum -= (w[k] as number) * v(k, Math.floor(at / n)) * v(k, at % n);
    return sum;
  });
  const angles = Array.from(A, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = i === j ? -1 : 0;
    for (let k = 0; k < n; k++) sum += v(i, k) * v(j, k);
    return sum;
  });
  return [norm(residual) / (norm(A) || 1) / (Math.max(n, 1) * u), norm(angles) / (Math.max(n, 1) * u)];
}

/** What is wrong with it; null: nothing. */
function fault(n: number, A: ArrayLike<number>, found: Found): string | null {
  if (found.status !== 0) return `status ${found.status}`;
  const [residual, angles] = errors(n, A, found);
  if (!(residual < 8)) return `residual ${residual} n u`;
  if (!(angles < 8)) return `angles off by ${angles} n u`;
  for (let k = 1; k < n; k++) if (!((found.w[k] as number) >= (found.w[k - 1] as number))) return "not ascending";
  return null;
}

describe.each(allCores)("symmetric eigenvalues ($build)", ({ core }) => {
  test("A = V^T W V with orthonormal rows, at every small size", () => {
    const property = fc.property(fc.nat(40), fc.nat(3), fc.integer({ min: 1, max: 2 ** 31 - 1 }), (n, pad, seed) => {
      const A = symmetric(n, seed);
      expect(fault(n, A, eigen(core, n, A, pad))).toBe(null);
    });
    fc.assert(property);
  });

  test("a large one", () => {
    const A = symmetric(150, 3);
    expect(fault(150, A, eigen(core, 150, A))).toBe(null);
  });

  test("eigenvalues that repeat, vanish, and lie many powers of ten apart", () => {
    const n = 12;
    const ranks = [1, 2, 11];
    for (const rank of ranks) {
      const G = numbers(n * rank, 5);
      const A = Float64Array.from({ length: n * n }, (_, at) => {
        let sum = 0;
        for (let p = 0; p < rank; p++) {
          sum += 1e3 ** p * (G[p * n + Math.floor(at / n)] as number) * (G[p * n + (at % n)] as number);
        }
        return sum;
      });
      expect(fault(n, A, eigen(core, n, A))).toBe(null);
    }
    const ones = new Float64Array(n * n).fill(1);
    expect(fault(n, ones, eigen(core, n, ones))).toBe(null);
    expect(fault(n, new Float64Array(n * n), eigen(core, n, new Float64Array(n * n)))).toBe(null);
    const graded = Float64Array.from({ length: n * n }, (_, at) => 10 ** (-14 * (Math.floor(at / n) + (at % n))));
    expect(fault(n, graded, eigen(core, n, graded))).toBe(null);
  });

  test("those of the second difference are known", () => {
    const n = 30;
    const A = Float64Array.from({ length: n * n }, (_, at) => {
      const distance = Math.abs(Math.floor(at / n) - (at % n));
      return distance === 0 ? 2 : distance === 1 ? -1 : 0;
    });
    const { w } = eigen(core, n, A);
    for (let k = 0; k < n; k++) expect(w[k]).toBeCloseTo(4 * Math.sin(((k + 1) * Math.PI) / (2 * n + 2)) ** 2, 13);
  });

  test("a diagonal is only sorted", () => {
    const d = [3, -1, 1e-300, 2, 0.1];
    const A = Float64Array.from({ length: 25 }, (_, at) => (at % 6 === 0 ? (d[at / 6] as number) : 0));
    const { w, V } = eigen(core, 5, A);
    expect([...w]).toEqual([-1, 1e-300, 0.1, 2, 3]);
    expect([...V].filter((v) => v !== 0)).toEqual([1, 1, 1, 1, 1]);
  });

  test("powers of two change nothing but the eigenvalues' exponents", () => {
    const A = symmetric(9, 8);
    const plain = eigen(core, 9, A);
    for (const scale of [2 ** 1000, 2 ** -1000]) {
      const scaled = eigen(
        core,
        9,
        A.map((a) => a * scale),
      );
      expect(scaled.V).toEqual(plain.V);
      expect(scaled.w).toEqual(plain.w.map((w) => w * scale));
    }
  });

  test("refuses numbers that are not finite", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const A = symmetric(4, 2);
      A[4] = bad;
      expect(eigen(core, 4, A).status).toBe(-1);
      expect(symmetricEigen(core, { data: A, rows: 4, cols: 4 })).toBe(null);
    }
    expect(() => symmetricEigen(core, { data: new Float64Array(6), rows: 2, cols: 3 })).toThrow(/2 x 2 matrix/);
  });
});
