import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contains, type Distribution } from "../../src/core/distribution.ts";
import { drawPrior } from "../../src/wasm/draw.ts";
import { uniforms } from "../../src/wasm/random.ts";
import { core, cores } from "../support/cores.ts";
import { chiSquared, chiSquaredScore, kolmogorovSmirnov } from "../support/statistics.ts";

const float = (low: number, high: number, log = false, step: number | null = null): Distribution => ({
  type: "float",
  low,
  high,
  log,
  step,
});
const int = (low: number, high: number, log = false, step = 1): Distribution => ({ type: "int", low, high, log, step });

const largestU = 1 - 2 ** -53;
const unit = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: 0, max: largestU, noNaN: true }) },
  fc.constantFrom(0, largestU),
);
const ordered = (x: number, y: number): [number, number] => (x < y ? [x, y] : [y, x]);
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const positive = fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true });

const distributions: Record<string, fc.Arbitrary<Distribution>> = {
  "float, linear": fc.tuple(finite, finite).map(([x, y]) => float(...ordered(x, y))),
  "float, log": fc.tuple(positive, positive).map(([x, y]) => float(...ordered(x, y), true)),
  "float, step": fc
    .tuple(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.double({ min: 1e-3, max: 10, noNaN: true }), fc.nat(200))
    .map(([low, step, k]) => float(low, low + k * step, false, step)),
  "int, linear": fc
    .tuple(fc.maxSafeInteger(), fc.maxSafeInteger())
    .map(([x, y]) => int(...ordered(Math.trunc(x / 2), Math.trunc(y / 2)))),
  "int, step": fc
    .tuple(fc.integer(), fc.integer({ min: 1, max: 1000 }), fc.nat(1000))
    .map(([low, step, k]) => int(low, low + k * step, false, step)),
  "int, log": fc.tuple(fc.integer({ min: 1 }), fc.integer({ min: 1 })).map(([x, y]) => int(...ordered(x, y), true)),
  categorical: fc.integer({ min: 1, max: 50 }).map((n) => ({
    type: "categorical",
    choices: Array.from({ length: n }, (_, i) => i),
  })),
};

describe.each(cores)("drawPrior, $build build", ({ core }) => {
  test.each(Object.keys(distributions))("%s: every draw is a value of the distribution", (name) => {
    fc.assert(
      fc.property(distributions[name] as fc.Arbitrary<Distribution>, unit, (distribution, u) => {
        expect(contains(distribution, drawPrior(core, distribution, u))).toBe(true);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  test("extremes of the range of numbers", () => {
    expect(drawPrior(core, float(1e-300, 1e300, true), 0) / 1e-300).toBeCloseTo(1, 12);
    expect(drawPrior(core, float(1e-300, 1e300, true), 0.5)).toBeCloseTo(1, 12);
    expect(drawPrior(core, float(1e-300, 1e300, true), largestU) / 1e300).toBeCloseTo(1, 12);
    expect(drawPrior(core, float(-Number.MAX_VALUE, Number.MAX_VALUE), 0.5)).toBe(0);
    expect(drawPrior(core, float(-Number.MAX_VALUE, Number.MAX_VALUE), 0)).toBe(-Number.MAX_VALUE);
    expect(drawPrior(core, float(1, 1 + Number.EPSILON), largestU)).toBeLessThanOrEqual(1 + Number.EPSILON);
  });

  test("one value only", () => {
    for (const u of [0, 0.5, largestU]) {
      expect(drawPrior(core, int(3, 3), u)).toBe(3);
      expect(drawPrior(core, int(3, 3, true), u)).toBe(3);
      expect(drawPrior(core, float(0.1, 0.1), u)).toBe(0.1);
      expect(drawPrior(core, float(0.1, 0.1, true), u)).toBe(0.1);
      expect(drawPrior(core, { type: "categorical", choices: ["only"] }, u)).toBe(0);
    }
  });
});

describe("drawPrior's distributions", () => {
  const u = uniforms(core, { seed: 11, trial: 0, purpose: "prior" }, 20000);
  const draw = (distribution: Distribution): Float64Array => u.map((x) => drawPrior(core, distribution, x));
  const counts = (values: ArrayLike<number>): Map<number, number> => {
    const map = new Map<number, number>();
    for (const value of Array.from(values)) map.set(value, (map.get(value) ?? 0) + 1);
    return map;
  };

  test("a float is uniform, with log uniform in the logarithm", () => {
    expect(kolmogorovSmirnov(draw(float(-3, 5)), (x) => (x + 3) / 8)).toBeLessThan(1.63);
    const logUniform = (x: number): number => Math.log(x / 1e-5) / Math.log(1e4);
    expect(kolmogorovSmirnov(draw(float(1e-5, 1e-1, true)), logUniform)).toBeLessThan(1.63);
  });

  test.each([
    ["int", int(-2, 7), 10],
    ["int with step", int(10, 50, false, 5), 9],
    ["float with step", float(0, 1, false, 0.1), 11],
    ["choice", { type: "categorical", choices: ["a", "b", null, true] } satisfies Distribution, 4],
  ])("%s: every value is equally likely", (_, distribution, cells) => {
    const seen = counts(draw(distribution));
    expect(seen.size).toBe(cells);
    expect(chiSquaredScore(chiSquared([...seen.values()]), cells - 1)).toBeLessThan(3.09);
  });

  test("an int with log has the probabilities of the rounded log-uniform", () => {
    const seen = counts(draw(int(1, 20, true)));
    expect(seen.size).toBe(20);
    const whole = Math.log(20.5 / 0.5);
    const values = [...seen.keys()].sort((a, b) => a - b);
    const expected = values.map((k) => (20000 * Math.log((k + 0.5) / (k - 0.5))) / whole);
    const observed = values.map((k) => seen.get(k) as number);
    expect(chiSquaredScore(chiSquared(observed, expected), 19)).toBeLessThan(3.09);
  });
});
