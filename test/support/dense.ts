import { expect } from "vitest";

/** A dense matrix, row-major without padding. */
export interface Dense {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** n numbers in (-1, 1) that depend on the seed alone; the last bits are as varied as the first. */
export function numbers(n: number, seed: number): Float64Array {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  return Float64Array.from({ length: n }, () => (next() + next() / 2 ** 32) / 2 ** 31 - 1);
}

/** A matrix of such numbers. */
export function dense(rows: number, cols: number, seed: number): Dense {
  return { rows, cols, data: numbers(rows * cols, seed) };
}

/** The matrix with row stride `ld`; the gaps hold `fill`. */
export function padded({ rows, cols, data }: Dense, ld: number, fill: number = Number.NaN): Float64Array {
  const out = new Float64Array(rows * ld).fill(fill);
  for (let i = 0; i < rows; i++) out.set(data.subarray(i * cols, (i + 1) * cols), i * ld);
  return out;
}

/** The reverse; fails the test where a gap does not hold `fill` any more. */
export function unpadded(data: Float64Array, rows: number, cols: number, ld: number, fill: number = Number.NaN): Dense {
  const out = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    out.set(data.subarray(i * ld, i * ld + cols), i * cols);
    const gap = data.subarray(i * ld + cols, (i + 1) * ld);
    expect(gap.every((value) => Object.is(value, fill))).toBe(true);
  }
  return { rows, cols, data: out };
}

/** A lower triangular matrix with diagonal entries of absolute value in [1, 2), whose inverse stays moderate. */
export function lowerTriangular(n: number, seed: number): Dense {
  const { data } = dense(n, n, seed);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const k = i * n + j;
      const entry = data[k] as number;
      if (j > i) data[k] = 0;
      else data[k] = i === j ? entry + Math.sign(entry) : entry / Math.sqrt(n);
    }
  }
  return { rows: n, cols: n, data };
}
