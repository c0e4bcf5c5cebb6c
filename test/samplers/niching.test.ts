import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nichedSurvivors } from "../../src/samplers/niching.ts";
import { normalizeObjectives } from "../../src/samplers/normalize-objectives.ts";
import { dasDennisPoints } from "../../src/samplers/reference-points.ts";
import { bareTrial } from "../support/bare-trial.ts";

test.each([
  [1, 3, 1],
  [2, 3, 4],
  [3, 3, 10],
  [3, 12, 91],
  [5, 4, 70],
])("%d objectives in %d parts have %d reference points on the simplex, all different", (m, divisions, count) => {
  const points = dasDennisPoints(m, divisions);
  expect(points).toHaveLength(count);
  expect(new Set(points.map(String)).size).toBe(count);
  for (const point of points) {
    expect(point).toHaveLength(m);
    expect(point.every((x) => x >= 0 && Number.isInteger(Math.round(x * divisions * 1e9) / 1e9))).toBe(true);
    expect(point.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 12);
  }
});

describe("normalized objectives", () => {
  test("of a plane that cuts the axes at a, b and c are those of the simplex", () => {
    const simplex = dasDennisPoints(3, 4);
    const scales = [10, 0.1, 3];
    const moved = simplex.map((point) => point.map((x, k) => 5 - k + x * (scales[k] as number)));
    normalizeObjectives(moved).forEach((point, i) =>
      point.forEach((x, k) => expect(x).toBeCloseTo(simplex[i]?.[k] as number, 9)),
    );
  });

  test("fall back on the largest of each where the extreme points span no plane", () => {
    expect(
      normalizeObjectives([
        [3, 3],
        [1, 1],
        [2, 2],
      ]),
    ).toEqual([
      [1, 1],
      [0, 0],
      [0.5, 0.5],
    ]); // prettier-ignore
    expect(
      normalizeObjectives([
        [7, 1],
        [7, 3],
      ]),
    ).toEqual([
      [0, 0],
      [0, 1],
    ]); // prettier-ignore
  });

  test("are finite and not negative whatever comes", () => {
    const value = fc.constantFrom(-Infinity, -1e308, -1, 0, 1, 2, 1e308, Infinity);
    const sets = fc
      .integer({ min: 1, max: 4 })
      .chain((m) => fc.array(fc.array(value, { minLength: m, maxLength: m }), { minLength: 1, maxLength: 9 }));
    fc.assert(
      fc.property(sets, (points) => {
        for (const x of normalizeObjectives(points).flat()) expect(x >= 0 && x < Infinity).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("NSGA-III's survivors", () => {
  test("are one by each reference line before two are by any, the nearest first", () => {
    // On the plane x + y = 1 with a crowd near (0.5, 0.5), of which the nearest to the line comes last.
    const points = [
      [0, 1],
      [1, 0],
      [0.45, 0.55],
      [0.4, 0.6],
      [0.5, 0.5],
      [0.9, 0.1],
    ]; // prettier-ignore
    const candidates = points.map((values, number) => bareTrial({ number, values }));
    const select = nichedSurvivors(dasDennisPoints(2, 2));
    const numbers = (size: number): number[] => select(candidates, points, size).map(({ trial }) => trial.number);
    expect(numbers(3)).toEqual([0, 1, 4]);
    // The line through (0, 1) has no other; then the lowest number of the lines with the fewest.
    expect(numbers(5)).toEqual([0, 1, 2, 4, 5]);
  });

  test("are whole fronts where they fit, and as many as asked", () => {
    const value = fc.integer({ min: 0, max: 4 });
    const sets = fc.array(fc.tuple(value, value, value), { minLength: 2, maxLength: 25 });
    fc.assert(
      fc.property(sets, fc.integer({ min: 1, max: 25 }), (points, wanted) => {
        const size = Math.min(wanted, points.length);
        const candidates = points.map((values, number) => bareTrial({ number, values }));
        const chosen = nichedSurvivors(dasDennisPoints(3, 3))(candidates, points, size);
        const numbers = chosen.map(({ trial }) => trial.number);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        expect(numbers).toHaveLength(size);
        const worst = Math.max(...chosen.map(({ rank }) => rank));
        const all = nichedSurvivors(dasDennisPoints(3, 3))(candidates, points, points.length);
        const better = all.filter(({ rank }) => rank < worst).map(({ trial }) => trial.number);
        for (const number of better) expect(numbers).toContain(number);
      }),
      { numRuns: 200 },
    );
  });
});
