import { describe, expect, test } from "vitest";
import { type CrossoverOptions, crossoverOf } from "../../src/samplers/crossover.ts";
import { core } from "../support/cores.ts";
import { correlation } from "../support/statistics.ts";

type Point = readonly number[];

/** Many children of the same parents. */
function children(options: CrossoverOptions, parents: readonly Point[], objectives = 2): Point[] {
  const { cross } = crossoverOf(options);
  return Array.from({ length: 4000 }, (_, trial) =>
    Array.from(cross?.(core, { parents, objectives, key: { seed: 9, trial, purpose: "test" } }) ?? []),
  );
}
const column = (points: readonly Point[], j: number): number[] => points.map((point) => point[j] as number);
const mean = (values: Point): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const deviation = (values: Point): number => {
  const center = mean(values);
  return Math.sqrt(mean(values.map((x) => (x - center) * (x - center))));
};

const two = [
  [0.2, 0.7],
  [0.4, 0.6],
];
const three = [...two, [0.1, 0.1]];

describe("blxAlpha", () => {
  test.each([0, 0.5, 1])("is uniform over the parents' box and alpha = %d times its sides beyond", (alpha) => {
    const found = children({ type: "blxAlpha", alpha }, two);
    const [low, high] = [0.2 - alpha * 0.2, 0.4 + alpha * 0.2];
    const values = column(found, 0);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(low - 1e-12);
    expect(Math.max(...values)).toBeLessThanOrEqual(high + 1e-12);
    expect(mean(values)).toBeCloseTo(0.3, 2);
    expect(deviation(values)).toBeCloseTo((high - low) / Math.sqrt(12), 2);
    expect(mean(column(found, 1))).toBeCloseTo(0.65, 2);
  });
});

describe.each(["sbx", "vsbx"] as const)("%s", (type) => {
  test("leaves half of the genes as a parent has them, each parent's as often", () => {
    const values = column(children({ type }, two), 0);
    const share = (x: number): number => values.filter((value) => value === x).length / values.length;
    expect(share(0.2)).toBeCloseTo(0.25, 1);
    expect(share(0.4)).toBeCloseTo(0.25, 1);
    expect(mean(values)).toBeCloseTo(0.3, 2);
  });

  test("stays nearer to a parent with a larger eta, by default the larger with several objectives", () => {
    const distance = (found: readonly Point[]): number =>
      mean(column(found, 0).map((x) => Math.min(Math.abs(x - 0.2), Math.abs(x - 0.4))));
    const near = distance(children({ type, eta: 20 }, two));
    const far = distance(children({ type, eta: 2 }, two));
    expect(near).toBeLessThan(far / 2);
    expect(distance(children({ type }, two, 3))).toBe(near);
    expect(distance(children({ type }, two, 1))).toBe(far);
  });

  test("gives equal parents equal children", () => {
    expect(children({ type }, [[0.3], [0.3]]).every(([x]) => x === 0.3)).toBe(true);
  });
});

test("sbx keeps within the range, also with parents at its ends", () => {
  for (const parents of [
    [[0], [1]],
    [[0], [0.1]],
    [[0.95], [1]],
  ]) {
    const values = column(children({ type: "sbx", eta: 0 }, parents), 0);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    expect(new Set(values).size).toBeGreaterThan(1000);
  }
});

test("sbx spreads around the parents in inverse proportion to the distance to the power eta + 2", () => {
  // Far from the ends: the part of the changed genes beyond the parents is that within, one half of all.
  const values = column(children({ type: "sbx", eta: 3 }, [[0.4], [0.6]]), 0).filter((x) => x !== 0.4 && x !== 0.6);
  const beyond = values.filter((x) => x < 0.4 || x > 0.6);
  expect(beyond.length / values.length).toBeCloseTo(0.5, 1);
  // P(spread > b) = b^-(eta + 1) / 2, so that b = 2^(1/4) is where half of those beyond lie.
  const median = 0.5 + 0.1 * Math.sqrt(Math.SQRT2);
  expect(beyond.filter((x) => Math.abs(x - 0.5) > median - 0.5).length / beyond.length).toBeCloseTo(0.5, 1);
});

test("vsbx reaches either side of either parent", () => {
  const values = column(children({ type: "vsbx", eta: 2 }, two), 0);
  for (const [low, high] of [
    [0, 0.2],
    [0.2, 0.3],
    [0.3, 0.4],
    [0.4, 1],
  ] as const) {
    expect(values.filter((x) => x > low && x < high).length).toBeGreaterThan(200);
  }
});

describe("spx", () => {
  test("is uniform over the parents' simplex, stretched around its center", () => {
    for (const epsilon of [1, 2]) {
      const found = children({ type: "spx", epsilon }, three);
      const center = [0, 1].map((j) => mean(column(three, j)));
      center.forEach((x, j) => expect(mean(column(found, j))).toBeCloseTo(x, 2));
      // Covariance of a triangle: a twelfth of the sum of squares of its corners about the center.
      const expected = [0, 1].map((j) =>
        Math.sqrt(three.reduce((sum, corner) => sum + ((corner[j] as number) - (center[j] as number)) ** 2, 0) / 12),
      );
      expected.forEach((sd, j) => expect(deviation(column(found, j))).toBeCloseTo(epsilon * sd, 2));
    }
  });

  test("stretches by the square root of n + 2 unless told otherwise", () => {
    expect(children({ type: "spx" }, three)).toEqual(children({ type: "spx", epsilon: 2 }, three));
  });
});

describe("undx", () => {
  test("is normal about the parents' middle, along their line and across it", () => {
    const parents = [
      [0.2, 0.5],
      [0.6, 0.5],
      [0.3, 0.9],
    ];
    const found = children({ type: "undx", sigmaXi: 0.5, sigmaEta: 0.25 }, parents);
    const [x, y] = [column(found, 0), column(found, 1)];
    expect(mean(x)).toBeCloseTo(0.4, 2);
    expect(mean(y)).toBeCloseTo(0.5, 2);
    expect(deviation(x)).toBeCloseTo(0.5 * 0.4, 2);
    // The third parent lies 0.4 from the line.
    expect(deviation(y)).toBeCloseTo(0.25 * 0.4, 2);
    expect(Math.abs(correlation(x, y))).toBeLessThan(0.05);
  });

  test("of equal parents goes by the third alone", () => {
    const found = children({ type: "undx" }, [
      [0.5, 0.5],
      [0.5, 0.5],
      [0.8, 0.9],
    ]); // prettier-ignore
    expect(deviation(column(found, 0))).toBeCloseTo((0.35 / Math.SQRT2) * 0.5, 2);
  });
});
