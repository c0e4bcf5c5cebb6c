import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dominatedVolume } from "../../src/core/dominated-volume.ts";
import { hypervolume } from "../../src/core/hypervolume.ts";
import { paretoFront } from "../../src/core/pareto.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { bareTrial } from "../support/bare-trial.ts";
import { vectors } from "../support/vectors.ts";

type Point = readonly number[];
const golden = vectors<{
  readonly pts2: Point[];
  readonly pts3: Point[];
  readonly hv2_ref1_1: number;
  readonly hv3_ref1_1_1: number;
  readonly best_trials_min_max: number[];
}>("multiobjective.json");

/** The unit cells of a grid that some point dominates: exact for whole numbers from 0 to the side. */
function cells(points: readonly Point[], reference: Point): number {
  let corners: number[][] = [[]];
  for (const side of reference) {
    corners = corners.flatMap((corner) => Array.from({ length: side }, (_, x) => [...corner, x]));
  }
  return corners.filter((corner) => points.some((point) => point.every((x, k) => x <= (corner[k] as number)))).length;
}

describe("the volume that points dominate", () => {
  test.each([1, 2, 3, 4, 5])("is that of the cells counted one by one, %d objectives", (m) => {
    const side = [9, 9, 7, 5, 4][m - 1] as number;
    const coordinate = fc.integer({ min: 0, max: side + 1 });
    const points = fc.array(fc.array(coordinate, { minLength: m, maxLength: m }), { maxLength: 12 });
    const property = fc.property(points, (points) => {
      const reference = new Array<number>(m).fill(side);
      expect(dominatedVolume(points, reference)).toBe(cells(points, reference));
    });
    fc.assert(property, { numRuns: 200 });
  });

  test("is the reference's", () => {
    expect(dominatedVolume(golden.pts2, [1, 1])).toBeCloseTo(golden.hv2_ref1_1, 14);
    expect(dominatedVolume(golden.pts3, [1, 1, 1])).toBeCloseTo(golden.hv3_ref1_1_1, 14);
  });

  test("does not depend on the order of points or objectives, up to rounding", () => {
    const real = fc.double({ min: 0, max: 1.1, noNaN: true });
    const sets = fc
      .integer({ min: 2, max: 6 })
      .chain((m) => fc.array(fc.array(real, { minLength: m, maxLength: m }), { minLength: 1, maxLength: 14 }));
    const property = fc.property(sets, (points) => {
      const reference = (points[0] as Point).map(() => 1);
      const volume = dominatedVolume(points, reference);
      const turned = points.toReversed().map((point) => [...point.slice(1), point[0] as number]);
      expect(dominatedVolume(turned, reference)).toBeCloseTo(volume, 12);
      // A further point never takes away.
      expect(dominatedVolume(points.slice(1), reference)).toBeLessThanOrEqual(volume + 1e-12);
    });
    fc.assert(property, { numRuns: 200 });
  });

  test("is never NaN, and infinite just where a point that counts is", () => {
    const extreme = fc.constantFrom(-Infinity, -1e308, -1, 0, 1, 1e308, Infinity);
    const sets = fc
      .integer({ min: 1, max: 5 })
      .chain((m) => fc.array(fc.array(extreme, { minLength: m, maxLength: m }), { maxLength: 8 }));
    const property = fc.property(sets, (points) => {
      const reference = (points[0] ?? [0]).map(() => 1);
      const volume = dominatedVolume(points, reference);
      expect(volume).toBeGreaterThanOrEqual(0);
      const counted = points.filter((point) => point.every((x) => x < 1));
      const infinite = counted.some((point) => point.includes(-Infinity));
      const vast = counted.flat().includes(-1e308);
      expect(volume === Infinity || !infinite).toBe(true);
      expect(volume < Infinity || infinite || vast).toBe(true);
    });
    fc.assert(property, { numRuns: 400 });
  });
});

describe("hypervolume", () => {
  const trial = (number: number, values: number[] | null, fields: Partial<TrialRecord> = {}): TrialRecord =>
    bareTrial({ number, values, ...fields });

  test("of complete trials, in the units of objectives of either direction", () => {
    const trials = [trial(0, [1, 3]), trial(1, [2, 5]), trial(2, [0, 9], { state: "pruned" }), trial(3, null)];
    const options = { reference: [4, 1], directions: ["minimize", "maximize"] } as const;
    expect(hypervolume([...trials, trial(4, null, { state: "fail" })], options)).toBe(3 * 2 + 2 * 2);
    expect(
      hypervolume(
        [
          [1, 3],
          [2, 5],
          [4, 9],
          [Infinity, 9],
        ],
        options,
      ),
    ).toBe(3 * 2 + 2 * 2); // prettier-ignore
    expect(hypervolume([[1, Infinity]], options)).toBe(Infinity);
    expect(hypervolume([], options)).toBe(0);
  });

  test.each([
    [[[1, 2]], {}, /"reference": expected a number per objective, got undefined/],
    [[[1, 2]], { reference: [] }, /"reference": expected a number per objective, got \[\]/],
    [[[1, 2]], { reference: [1, Infinity] }, /"reference\[1\]": expected a finite number, got Infinity/],
    [
      [[1, 2]],
      { reference: [1, 1], directions: ["minimize"] },
      /"directions": expected 2 directions, got \["minimize"\]/,
    ],
    [
      [[1, 2]],
      { reference: [1], directions: ["up"] },
      /"directions\[0\]": expected one of "minimize", "maximize", got "up"/,
    ],
    [[[1], [1, 2]], { reference: [3] }, /"points\[1\]": expected 1 numbers, got \[1, 2\]/],
    [[[NaN]], { reference: [3] }, /"points\[0\]": expected 1 numbers, got \[NaN\]/],
    [[7], { reference: [3] }, /"points\[0\]": expected a trial or its values, got 7/],
    [7, { reference: [3] }, /"points": expected a list of trials or values, got 7/],
  ])("refuses %o with %o", (points, options, message) => {
    expect(() => hypervolume(points as never, options as never)).toThrow(message);
  });
});

describe("the Pareto front", () => {
  test("is the reference's", () => {
    const trials = golden.pts2.map((values, number) => bareTrial({ number, values }));
    const front = paretoFront(trials, ["minimize", "maximize"]).map(({ number }) => number);
    expect(front).toEqual([...golden.best_trials_min_max].sort((a, b) => a - b));
  });

  test("is made of the complete trials that no other dominates", () => {
    const value = fc.integer({ min: 0, max: 6 });
    const property = fc.property(fc.array(fc.tuple(value, value), { maxLength: 30 }), fc.nat(9), (list, odd) => {
      const trials = list.map((values, number) =>
        bareTrial({ number, values, state: number % 10 === odd ? "fail" : "complete" }),
      );
      const complete = trials.filter(({ state }) => state === "complete");
      const beats = ([a, b]: Point, [c, d]: Point): boolean =>
        (a as number) <= (c as number) && (b as number) >= (d as number) && (a !== c || b !== d);
      expect(paretoFront(trials, ["minimize", "maximize"])).toEqual(
        complete.filter((one) => !complete.some((other) => beats(other.values as Point, one.values as Point))),
      );
    });
    fc.assert(property);
  });
});
