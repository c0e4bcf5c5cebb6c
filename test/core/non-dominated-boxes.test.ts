import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dominatedVolume } from "../../src/core/dominated-volume.ts";
import { type Box, nonDominatedBoxes } from "../../src/core/non-dominated-boxes.ts";
import golden from "../vectors/multiobjective.json" with { type: "json" };

type Point = readonly number[];

const cubeOf = (m: number): Point[] =>
  m === 0 ? [[]] : cubeOf(m - 1).flatMap((point) => Array.from({ length: 6 }, (_, x) => [...point, x]));
const isInside = (point: Point, { low, high }: Box): boolean =>
  point.every((x, k) => (low[k] as number) <= x && x < (high[k] as number));
const boxesOf = (points: readonly Point[], reference: Point): readonly Box[] =>
  nonDominatedBoxes(points, reference) as Box[];

/** Points of the sphere's positive orthant, turned to minimize: none dominates another. */
function sphere(n: number, m: number): Point[] {
  let state = 1;
  const next = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return Array.from({ length: n }, () => {
    const direction = Array.from({ length: m }, () => next() + next() + 1e-3);
    const length = Math.hypot(...direction);
    return direction.map((x) => 1 - x / length);
  });
}

describe("boxes that no point dominates", () => {
  test("hold each point that is not dominated once, and no other", () => {
    const points = fc.integer({ min: 1, max: 4 }).chain((m) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: m, maxLength: m }), {
        minLength: 1,
        maxLength: 9,
      }),
    );
    fc.assert(
      fc.property(points, (front) => {
        const m = (front[0] as Point).length;
        const boxes = boxesOf(front, new Array(m).fill(5));
        for (const at of cubeOf(m)) {
          const dominated = front.some((point) => point.every((x, k) => x <= (at[k] as number)));
          const wanted = !dominated && at.every((x) => x < 5);
          expect(boxes.filter((box) => isInside(at, box)).length).toBe(wanted ? 1 : 0);
        }
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    [golden.pts2, golden.hv2_ref1_1],
    [golden.pts3, golden.hv3_ref1_1_1],
  ] as [number[][], number][])("leave the hypervolume that Optuna computes", (points, dominated) => {
    const m = (points[0] as Point).length;
    const boxes = boxesOf(points, new Array(m).fill(1));
    const free = boxes.reduce(
      (sum, { low, high }) =>
        sum + high.reduce((volume, edge, k) => volume * (Math.max(edge, 0) - Math.max(low[k] as number, 0)), 1),
      0,
    );
    expect(free).toBeCloseTo(1 - dominated, 12);
  });

  test.each([2, 3])("are as few as the literature has it, with %i objectives", (m) => {
    for (const n of [1, 10, 100]) {
      const boxes = boxesOf(sphere(n, m), new Array(m).fill(1.1));
      expect(boxes.length).toBe((m - 1) * n + 1);
    }
  });

  test.each([4, 5])("fill what is left with %i objectives", (m) => {
    const points = sphere(30, m);
    const boxes = boxesOf(points, new Array(m).fill(1.1));
    const free = boxes.reduce(
      (sum, { low, high }) =>
        sum + high.reduce((volume, edge, k) => volume * (edge - Math.max(low[k] as number, -1)), 1),
      0,
    );
    expect(free).toBeCloseTo(2.1 ** m - dominatedVolume(points, new Array(m).fill(1.1)), 10);
  });

  test("are given up when there are more than asked for", () => {
    const points = sphere(20, 3);
    expect(nonDominatedBoxes(points, [1.1, 1.1, 1.1], 41)).toHaveLength(41);
    expect(nonDominatedBoxes(points, [1.1, 1.1, 1.1], 40)).toBe(null);
  });
});
