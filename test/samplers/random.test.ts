import { describe, expect, test } from "vitest";
import { choice, flattenSpace, float, int, type Space } from "../../src/core/space.ts";
import { random } from "../../src/samplers/random.ts";
import { logNormal, normal, type RandomDistribution, weights } from "../../src/samplers/random-distributions.ts";
import { core, cores } from "../support/cores.ts";
import { ask } from "../support/feedback.ts";

const n = 4000;

/** n draws of a space with the single parameter x. */
function draws(x: Space[string], distribution?: RandomDistribution, use = core): number[] {
  const flat = flattenSpace({ x });
  const sampler = random(distribution === undefined ? {} : { distributions: { x: distribution } });
  sampler.check?.(flat, ["minimize"]);
  return Array.from({ length: n }, (_, k) => ask(use, sampler, flat, [], k)?.["x"] as number);
}

/** Largest distance between the draws' distribution function and `cdf`, times sqrt(n): above 1.95 once in 1000. */
function kolmogorov(sample: readonly number[], cdf: (x: number) => number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  const gaps = sorted.map((x, i) => Math.max(cdf(x) - i / n, (i + 1) / n - cdf(x)));
  return Math.sqrt(n) * Math.max(...gaps);
}

/** Pearson's statistic of the counts against the probabilities. */
function chiSquare(sample: readonly number[], probabilities: Readonly<Record<number, number>>): number {
  const counts = new Map<number, number>();
  for (const x of sample) counts.set(x, (counts.get(x) ?? 0) + 1);
  let total = 0;
  for (const [value, p] of Object.entries(probabilities)) {
    total += ((counts.get(Number(value)) ?? 0) - n * p) ** 2 / (n * p);
    counts.delete(Number(value));
  }
  expect([...counts.keys()]).toEqual([]);
  return total;
}

const { mathNormalCdf } = core.exports;
const cutNormalCdf = (mean: number, sd: number, low: number, high: number) => (x: number) => {
  const at = (v: number): number => mathNormalCdf((v - mean) / sd);
  return (at(x) - at(low)) / (at(high) - at(low));
};

describe("the parameter's own distribution", () => {
  test("is uniform, also in the logarithm", () => {
    expect(kolmogorov(draws(float(-2, 6)), (x) => (x + 2) / 8)).toBeLessThan(1.95);
    const cdf = (x: number): number => Math.log(x / 1e-5) / Math.log(1e5);
    expect(kolmogorov(draws(float(1e-5, 1, { log: true })), cdf)).toBeLessThan(1.95);
  });

  test("is uniform over steps and choices", () => {
    // The 0.999 quantile of chi-square with 4 degrees of freedom is 18.5.
    const fifth = 1 / 5;
    const steps = { 0: fifth, 0.25: fifth, 0.5: fifth, 0.75: fifth, 1: fifth };
    expect(chiSquare(draws(float(0, 1, { step: 0.25 })), steps)).toBeLessThan(18.5);
    const choices = { 0: fifth, 1: fifth, 2: fifth, 3: fifth, 4: fifth };
    expect(chiSquare(draws(choice(["a", "b", "c", "d", "e"])), choices)).toBeLessThan(18.5);
  });

  test("of a parameter does not change with the parameters beside it", () => {
    const alone = flattenSpace({ b: float(0, 1) });
    const beside = flattenSpace({ a: float(0, 1), b: float(0, 1), c: choice([1, 2]) });
    for (let k = 0; k < 20; k++) {
      const full = ask(core, random(), beside, [], k) as Record<string, number>;
      expect(full["b"]).toBe(ask(core, random(), alone, [], k)?.["b"]);
      expect(full["a"]).not.toBe(full["b"]);
    }
  });

  test("is left alone in branches that are not taken", () => {
    const flat = flattenSpace({ model: choice({ svm: { C: float(1, 2) }, tree: { depth: int(1, 9) } }) });
    const keys = new Set<string>();
    for (let k = 0; k < 20; k++) keys.add(Object.keys(ask(core, random(), flat, [], k) ?? {}).join(" "));
    expect([...keys].sort()).toEqual(["model model.svm.C", "model model.tree.depth"]);
  });
});

describe("other distributions", () => {
  test.each(cores)("normal, cut at the bounds ($build)", ({ core }) => {
    const sample = draws(float(-1, 4), normal(0.5, 2), core);
    expect(kolmogorov(sample, cutNormalCdf(0.5, 2, -1, 4))).toBeLessThan(1.95);
  });

  test("normal, far out in a tail", () => {
    for (const [low, high, mean] of [
      [10, 12, 0],
      [-12, -10, 0],
    ] as const) {
      const sample = draws(float(low, high), normal(mean, 1)).map(Math.abs);
      expect(Math.min(...sample)).toBeGreaterThanOrEqual(10);
      // Beyond 10 standard deviations the tail is all but exponential with rate 10.1.
      expect(kolmogorov(sample, (x) => 1 - mathNormalCdf(-x) / mathNormalCdf(-10))).toBeLessThan(1.95);
    }
    expect(new Set(draws(int(1000, 1010), normal(0, 1)))).toEqual(new Set([1000]));
  });

  test("normal, rounded to steps", () => {
    const cdf = cutNormalCdf(3, 1.5, 0.5, 5.5);
    const cells = Object.fromEntries([1, 2, 3, 4, 5].map((k) => [k, cdf(k + 0.5) - cdf(k - 0.5)]));
    expect(chiSquare(draws(int(1, 5), normal(3, 1.5)), cells)).toBeLessThan(18.5);
  });

  test("log-normal, cut at the bounds", () => {
    const cdf = cutNormalCdf(-3, 1, Math.log(0.01), Math.log(0.1));
    expect(kolmogorov(draws(float(0.01, 0.1), logNormal(-3, 1)), (x) => cdf(Math.log(x)))).toBeLessThan(1.95);
    const open = (x: number): number => mathNormalCdf(Math.log(x)) / mathNormalCdf(Math.log(3));
    expect(kolmogorov(draws(float(0, 3), logNormal(0, 1)), open)).toBeLessThan(1.95);
  });

  test("user-given, cut at the bounds", () => {
    const squares = { quantile: (u: number) => Math.sqrt(u) * 10 };
    expect(kolmogorov(draws(float(2, 6), squares), (x) => (x * x - 4) / 32)).toBeLessThan(1.95);
    expect(kolmogorov(draws(float(-50, 50), squares), (x) => (x * x) / 100)).toBeLessThan(1.95);
    const two = { quantile: (u: number) => (u < 0.25 ? 1 : u < 0.5 ? 2 : 7) };
    expect(chiSquare(draws(int(0, 5), two), { 1: 0.5, 2: 0.5 })).toBeLessThan(10.8);
    const unbounded = { quantile: (u: number) => (u === 0 ? Number.NEGATIVE_INFINITY : -1 / u) };
    expect(kolmogorov(draws(float(-10, -2), unbounded), (x) => (-1 / x - 0.1) / 0.4)).toBeLessThan(1.95);
  });

  test("weights of a choice", () => {
    const sample = draws(choice(["a", "b", "c", "d"]), weights([1, 0, 5, 2]));
    expect(chiSquare(sample, { 0: 1 / 8, 2: 5 / 8, 3: 2 / 8 })).toBeLessThan(13.8);
  });
});

describe("refuses", () => {
  const space = { x: float(1, 2), c: choice(["a", "b"]) };
  const check = (distributions: Record<string, unknown>) => () =>
    random({ distributions: distributions as Record<string, RandomDistribution> }).check?.(flattenSpace(space), [
      "minimize",
    ]);

  test.each<[string, Record<string, unknown>, string]>([
    ["an unknown name", { y: normal(0, 1) }, '"distributions": expected names of parameters ("x", "c"), got "y"'],
    [
      "weights for a number",
      { x: weights([1, 2]) },
      '"distributions.x": expected normal(), logNormal() or { quantile(u) } for a number, got weights()',
    ],
    [
      "a normal for a choice",
      { c: normal(0, 1) },
      '"distributions.c": expected weights() of 2 numbers for a choice, got normal()',
    ],
    ["weights of another length", { c: weights([1, 2, 3]) }, '"distributions.c": expected 2 weights, got 3'],
    [
      "something else",
      { x: { type: "poisson" } },
      '"distributions.x": expected normal(), logNormal(), weights() or { quantile(u) }, got {type}',
    ],
    ["null", { x: null }, '"distributions.x": expected normal(), logNormal(), weights() or { quantile(u) }, got null'],
    [
      "a range without mass",
      { x: { quantile: () => 5 } },
      '"distributions.x": expected a distribution with values from 1 to 2, got none in that range',
    ],
    [
      "a quantile that is no number",
      { x: { quantile: () => Number.NaN } },
      '"distributions.x": expected a number from quantile(0), got NaN',
    ],
  ])("%s", (_, distributions, message) => {
    expect(check(distributions)).toThrow(message);
  });

  test("a log-normal below zero", () => {
    const flat = flattenSpace({ x: float(-2, 0) });
    const sampler = random({ distributions: { x: logNormal(0, 1) } });
    expect(() => sampler.check?.(flat, ["minimize"])).toThrow('"distributions.x": expected an upper bound above 0');
  });

  test.each<[string, () => unknown, string]>([
    ["a mean that is no number", () => normal(Number.NaN, 1), '"mean": expected a finite number, got NaN'],
    ["a deviation of 0", () => normal(0, 0), '"sd": expected a finite number > 0, got 0'],
    ["a negative deviation", () => logNormal(0, -1), '"sd": expected a finite number > 0, got -1'],
    ["a negative weight", () => weights([1, -1]), '"weights[1]": expected a finite number >= 0, got -1'],
    ["weights without a sum", () => weights([0, 0]), '"weights": expected weights with a positive, finite sum, got 0'],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(message);
  });
});
