import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  explainedVariance,
  maxError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogError,
  medianAbsoluteError,
  pinballLoss,
  r2,
  rootMeanSquaredError,
  rootMeanSquaredLogError,
} from "../../src/metrics/index.ts";
import { distance } from "../support/distance.ts";

const refused = (code: string, message: string): object =>
  expect.objectContaining({ name: "VernierError", code, message });

const metrics = {
  explainedVariance,
  maxError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogError,
  medianAbsoluteError,
  pinballLoss,
  r2,
  rootMeanSquaredError,
  rootMeanSquaredLogError,
};

const values = fc.double({ min: -0.5, max: 1e3, noNaN: true });
const pairs = fc
  .array(fc.tuple(values, values), { minLength: 2, maxLength: 30 })
  .map((rows) => [rows.map(([a]) => a), rows.map(([, b]) => b)] as [number[], number[]]);
describe.each(Object.entries(metrics))("%s", (name, metric) => {
  test("refuses unequal lengths, empty lists and what is no finite number", () => {
    expect(() => metric([1, 2, 3], [1, 2])).toThrow(
      refused("invalid-data", '"yPred": expected as many entries as "yTrue" has, 3, got 2'),
    );
    expect(() => metric([], [])).toThrow(refused("invalid-data", '"yTrue": expected at least one number, got none'));
    expect(() => metric([1, 2], [1, Number.POSITIVE_INFINITY])).toThrow(
      refused("invalid-data", '"yPred": expected finite numbers, got Infinity at position 1'),
    );
    expect(() => metric([1, "2" as never], [1, 2])).toThrow(
      refused("invalid-data", '"yTrue": expected finite numbers, got "2" at position 1'),
    );
  });

  test("takes typed arrays", () => {
    expect(metric(Float64Array.of(1, 2, 4), Float32Array.of(1, 3, 4))).toBe(metric([1, 2, 4], [1, 3, 4]));
  });

  test("is perfect for perfect predictions and not otherwise", () => {
    fc.assert(
      fc.property(pairs, ([actual, predicted]) => {
        const share = ["r2", "explainedVariance"].includes(name);
        const loss = (a: number[], b: number[]): number => (share ? 1 - metric(a, b) : metric(a, b));
        expect(loss(actual, actual)).toBe(0);
        expect(loss(actual, predicted)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("errors refuse", () => {
  test("weights that are none", () => {
    expect(() => meanSquaredError([1, 2], [1, 2], { sampleWeight: [1, -1] })).toThrow(
      refused("invalid-data", '"sampleWeight": expected finite numbers >= 0, got -1 at position 1'),
    );
  });

  test("a quantile outside [0, 1]", () => {
    expect(() => pinballLoss([1], [1], { alpha: 1.5 })).toThrow(
      refused("invalid-argument", '"alpha": expected a number from 0 to 1, got 1.5'),
    );
  });

  test("the logarithm of 0 or less", () => {
    expect(() => meanSquaredLogError([0, 1], [0, -1])).toThrow(
      refused("invalid-data", '"yPred": expected numbers > -1, got -1 at position 1'),
    );
    expect(() => meanSquaredLogError([-2], [0])).toThrow(
      refused("invalid-data", '"yTrue": expected numbers > -1, got -2 at position 0'),
    );
  });

  test("the variance of one sample", () => {
    for (const metric of [r2, explainedVariance]) {
      expect(() => metric([1], [1])).toThrow(refused("invalid-data", '"yTrue": expected at least two numbers, got 1'));
    }
  });
});

describe("by definition", () => {
  const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);

  test("means and medians of errors", () => {
    fc.assert(
      fc.property(pairs, ([actual, predicted]) => {
        const errors = actual.map((a, i) => a - (predicted[i] as number));
        const sizes = errors.map(Math.abs);
        const n = errors.length;
        expect(distance(meanSquaredError(actual, predicted), sum(errors.map((e) => e * e)) / n)).toBeLessThan(1e-10);
        expect(distance(meanAbsoluteError(actual, predicted), sum(sizes) / n)).toBeLessThan(1e-10);
        expect(rootMeanSquaredError(actual, predicted)).toBe(Math.sqrt(meanSquaredError(actual, predicted)));
        expect(maxError(actual, predicted)).toBe(Math.max(...sizes));
        const sorted = sizes.toSorted((a, b) => a - b);
        const middle = ((sorted[Math.ceil(n / 2) - 1] as number) + (sorted[Math.floor(n / 2)] as number)) / 2;
        expect(medianAbsoluteError(actual, predicted)).toBe(middle);
        const logs = actual.map((a, i) => Math.log1p(a) - Math.log1p(predicted[i] as number));
        expect(distance(meanSquaredLogError(actual, predicted), sum(logs.map((e) => e * e)) / n)).toBeLessThan(1e-10);
        expect(distance(pinballLoss(actual, predicted), sum(sizes) / n / 2)).toBeLessThan(1e-10);
      }),
    );
  });

  test("the mean has r2 of 0, and a constant error costs r2 but no explained variance", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 20 }), (actual) => {
        fc.pre(new Set(actual).size > 1);
        const mean = sum(actual) / actual.length;
        const flat = actual.map(() => mean);
        const shifted = actual.map((a) => a + 3);
        expect(distance(r2(actual, flat), 0)).toBeLessThan(1e-10);
        expect(distance(explainedVariance(actual, flat), 0)).toBeLessThan(1e-10);
        expect(distance(explainedVariance(actual, shifted), 1)).toBeLessThan(1e-10);
        expect(r2(actual, shifted)).toBeLessThan(1);
      }),
    );
  });

  test("pinball loss is least at the quantile", () => {
    const actual = Array.from({ length: 101 }, (_, i) => i);
    const loss = (constant: number): number => {
      return pinballLoss(
        actual,
        actual.map(() => constant),
        { alpha: 0.9 },
      );
    };
    expect(loss(90)).toBeLessThan(loss(89));
    expect(loss(90)).toBeLessThan(loss(91));
    expect(pinballLoss([2], [0], { alpha: 0.9 })).toBeCloseTo(1.8, 15);
    expect(pinballLoss([0], [2], { alpha: 0.9 })).toBeCloseTo(0.2, 15);
  });

  test("of a true 0 the percentage error divides by 2^-52", () => {
    expect(meanAbsolutePercentageError([0, 2], [1, 1])).toBe((2 ** 52 + 0.5) / 2);
  });

  test("of numbers that are all the same r2 is 1 or 0, whatever their mean rounds to", () => {
    for (const metric of [r2, explainedVariance]) {
      expect(metric([0.1, 0.1, 0.1], [0.1, 0.1, 0.1])).toBe(1);
      expect(metric([0.1, 0.1, 0.1], [0.1, 0.1, 0.2])).toBe(0);
    }
    expect(explainedVariance([0.1, 0.1, 0.1], [0.4, 0.4, 0.4])).toBe(1);
    expect(r2([0.1, 0.1, 0.1], [0.4, 0.4, 0.4])).toBe(0);
  });

  test("a median whose half falls between two errors is their mean, though weights round", () => {
    // Summed as they stand, the first two are above half of all, and below it.
    for (const sampleWeight of [
      [0.1, 0.2, 0.2, 0.1],
      [0.1, 0.5, 0.2, 0.4],
    ]) {
      expect(medianAbsoluteError([0, 0, 0, 0], [1, 2, 4, 9], { sampleWeight })).toBe(3);
    }
    expect(medianAbsoluteError([0, 0, 0, 0], [1, 2, 4, 9], { sampleWeight: [0, 1, 0, 0] })).toBe(2);
    expect(medianAbsoluteError([0, 0, 0, 0], [1, 2, 4, 9], { sampleWeight: [1, 0, 0, 1] })).toBe(5);
  });
});
