import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Core } from "../../src/wasm/core.ts";
import { normalCdf } from "../../src/wasm/math.ts";
import { truncatedNormalQuantiles, uniforms } from "../../src/wasm/random.ts";
import { cores } from "../support/cores.ts";
import { kolmogorovSmirnov } from "../support/statistics.ts";
import { ulp } from "../support/ulp.ts";
import { vectors } from "../support/vectors.ts";

type Row = readonly [a: number, b: number, u: number, x: number];
const golden = vectors<readonly Row[]>("truncated-normal.json");

function quantile(core: Core, mu: number, sigma: number, low: number, high: number, u: number): number {
  const batch = { mu: [mu], sigma: [sigma], low: [low], high: [high] };
  return truncatedNormalQuantiles(core, batch, [u])[0] as number;
}

const { POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: minusInfinity } = Number;

describe.each(cores)("truncatedNormalQuantiles, $build build", ({ core }) => {
  test("standard normals cut anywhere: within 1e-9 of the width and rounding of the exact quantile", () => {
    const n = golden.length;
    const batch = {
      mu: new Float64Array(n),
      sigma: new Float64Array(n).fill(1),
      low: golden.map((row) => row[0]),
      high: golden.map((row) => row[1]),
    };
    const got = truncatedNormalQuantiles(
      core,
      batch,
      golden.map((row) => row[2]),
    );
    const off = golden.filter(([a, b, , x], i) => {
      const rounding = 4 * ulp(Math.max(Math.abs(a), Math.abs(x)));
      return !(Math.abs((got[i] as number) - x) <= 1e-9 * Math.min(b - a, 1) + rounding);
    });
    expect(n).toBeGreaterThan(150);
    expect(off).toEqual([]);
  });

  test("u = 0 is the low end, u = 1 the high end, and the result never leaves the interval", () => {
    const any = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        any,
        fc.double({ min: 1e-9, max: 1e6, noNaN: true }),
        any,
        any,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (mu, sigma, x, y, u) => {
          const low = Math.min(x, y);
          const high = Math.max(x, y);
          const value = quantile(core, mu, sigma, low, high, u);
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThanOrEqual(high);
        },
      ),
      { seed: 6, numRuns: 3000 },
    );
    for (const [low, high] of [
      [-1, 2],
      [3, 4],
      [-9, -3],
    ] as const) {
      expect(quantile(core, 0, 1, low, high, 0)).toBe(low);
      expect(quantile(core, 0, 1, low, high, 1)).toBe(high);
    }
  });

  test("grows with u", () => {
    const u = Array.from({ length: 1001 }, (_, i) => i / 1000);
    for (const [low, high] of [
      [-3, 1],
      [0.25, 0.5],
      [-12, -7],
      [30, 60],
      [1, 1.000001],
    ] as const) {
      const full = (value: number): number[] => u.map(() => value);
      const batch = { mu: full(0), sigma: full(1), low: full(low), high: full(high) };
      const x = truncatedNormalQuantiles(core, batch, u);
      expect(x.every((value, i) => i === 0 || value >= (x[i - 1] as number))).toBe(true);
      expect(new Set(x).size).toBeGreaterThan(990);
    }
  });

  test("open intervals are those of the whole normal", () => {
    expect(quantile(core, 5, 2, minusInfinity, infinity, 0.5)).toBe(5);
    expect(quantile(core, 0, 1, minusInfinity, infinity, 0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(quantile(core, 0, 1, 0, infinity, 0.95)).toBeCloseTo(1.959963984540054, 14);
    expect(quantile(core, 0, 1, minusInfinity, -40, 0.5)).toBeCloseTo(-40.01731412676465, 12);
    expect(quantile(core, 0, 1, 40, infinity, 1)).toBe(infinity);
  });

  test("an interval of one point, and one so far out that all mass lies at its near end", () => {
    expect(quantile(core, 0, 1, 0.3, 0.3, 0.7)).toBe(0.3);
    expect(quantile(core, 0, 1e-300, 1, 2, 0.7)).toBe(1);
    expect(quantile(core, 5, 1e-300, 1, 2, 0.7)).toBe(2);
    expect(quantile(core, 1, 1e-300, 1, 2, 0.7)).toBeCloseTo(1, 15);
  });

  test("draws follow the truncated distribution", () => {
    const n = 20000;
    const u = uniforms(core, { seed: 3, trial: 0, purpose: "truncated" }, n);
    const full = (value: number): Float64Array => new Float64Array(n).fill(value);
    const batch = { mu: full(2), sigma: full(3), low: full(1), high: full(7) };
    const bottom = normalCdf(core, -1 / 3);
    const mass = normalCdf(core, 5 / 3) - bottom;
    const x = truncatedNormalQuantiles(core, batch, u);
    expect(kolmogorovSmirnov(x, (v) => (normalCdf(core, (v - 2) / 3) - bottom) / mass)).toBeLessThan(1.63);
  });

  test("arrays of unequal length are refused", () => {
    expect(() => truncatedNormalQuantiles(core, { mu: [0], sigma: [1], low: [0, 1], high: [1] }, [0.5])).toThrow(
      '"low": expected 1 numbers, got 2',
    );
  });
});
