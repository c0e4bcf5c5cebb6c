import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dominatedVolume } from "../../src/core/dominated-volume.ts";
import { type Box, nonDominatedBoxes } from "../../src/core/non-dominated-boxes.ts";
import { gpLogHypervolumeGain } from "../../src/wasm/gp-front.ts";
import { cores } from "../support/cores.ts";

type Point = readonly number[];

const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** The integral of f over [a, b] by Simpson's rule. */
function integral(f: (x: number) => number, a: number, b: number): number {
  const parts = 2000;
  const h = (b - a) / parts;
  let sum = 0;
  for (let i = 0; i <= parts; i++) sum += f(a + i * h) * (i === 0 || i === parts ? 1 : i % 2 === 1 ? 4 : 2);
  return (sum * h) / 3;
}

/**
 * E (volume that a normal outcome adds to what the front dominates) without boxes. Between the coordinates of the front
 * that volume is linear in each objective: it suffices to know it where those cross, and how much each counts.
 */
function expectedGain(front: readonly Point[], reference: Point, mean: Point, variance: Point): number {
  const before = dominatedVolume(front, reference);
  const axes = reference.map((end, j) => {
    const sd = Math.sqrt(variance[j] as number);
    const middle = mean[j] as number;
    const inner = front.map((point) => point[j] as number).filter((x) => x < end);
    const start = Math.min(...inner, middle) - 12 * sd;
    const ticks = [...new Set([start, ...inner, end])].sort((a, b) => a - b);
    return ticks.map((at, i) => {
      const [left, right] = [ticks[i - 1], ticks[i + 1]];
      const side = (other: number | undefined): number =>
        other === undefined
          ? 0
          : integral(
              (y) => (density((y - middle) / sd) / sd) * (1 - Math.abs(y - at) / Math.abs(other - at)),
              Math.min(at, other),
              Math.max(at, other),
            );
      return { at, weight: side(left) + side(right) };
    });
  });
  const sumOver = (j: number, chosen: Point, weight: number): number =>
    j === axes.length
      ? weight * (dominatedVolume([...front, chosen], reference) - before)
      : (axes[j] as { at: number; weight: number }[]).reduce(
          (sum, tick) => sum + sumOver(j + 1, [...chosen, tick.at], weight * tick.weight),
          0,
        );
  return sumOver(0, [], 1);
}

const coordinate = fc.double({ min: -2, max: 2, noNaN: true });
const outcome = fc.integer({ min: 1, max: 4 }).chain((m) =>
  fc.record({
    front: fc.array(fc.array(coordinate, { minLength: m, maxLength: m }), { minLength: 1, maxLength: m > 3 ? 3 : 5 }),
    reference: fc.constant(new Array<number>(m).fill(1.5)),
    mean: fc.array(coordinate, { minLength: m, maxLength: m }),
    variance: fc.array(fc.double({ min: 0.04, max: 2, noNaN: true }), { minLength: m, maxLength: m }),
  }),
);

describe.each(cores)("the expected hypervolume improvement ($build)", ({ core }) => {
  const boxesOf = (front: readonly Point[], reference: Point): Box[] => nonDominatedBoxes(front, reference) as Box[];

  test("is that of the volume, without boxes", () => {
    const property = fc.property(outcome, ({ front, reference, mean, variance }) => {
      const { value } = gpLogHypervolumeGain(core, boxesOf(front, reference), mean, variance);
      const expected = expectedGain(front, reference, mean, variance);
      expect(Math.abs(Math.exp(value) - expected)).toBeLessThan(1e-7 * (1 + expected));
    });
    fc.assert(property, { numRuns: 60 });
  });

  test("has the exact gradient, where an improvement is unlikely as well", () => {
    const property = fc.property(outcome, fc.constantFrom(1, 1e-2, 1e-4), (given, scale) => {
      const boxes = boxesOf(given.front, given.reference);
      const variance = given.variance.map((v) => v * scale);
      const at = (mean: Point, spread: Point) => gpLogHypervolumeGain(core, boxes, mean, spread);
      const { byMean, byVariance } = at(given.mean, variance);
      const check = (slope: number, valueOf: (step: number) => number, unit: number): void => {
        const step = 1e-6 * unit;
        const expected = (valueOf(step) - valueOf(-step)) / (2 * step);
        expect(Math.abs(slope - expected) * unit).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected) * unit));
      };
      const moved = (list: Point, j: number, step: number): Point => list.with(j, (list[j] as number) + step);
      given.mean.forEach((_, j) => {
        const sd = Math.sqrt(variance[j] as number);
        check(byMean[j] as number, (step) => at(moved(given.mean, j, step), variance).value, sd);
        check(byVariance[j] as number, (step) => at(given.mean, moved(variance, j, step)).value, variance[j] as number);
      });
    });
    fc.assert(property, { numRuns: 60 });
  });

  test("does not change when a box is cut, however unlikely it is or narrow a part", () => {
    const place = fc.double({ min: -200, max: 20, noNaN: true });
    const width = fc.integer({ min: -12, max: 1 }).map((power) => 10 ** power);
    fc.assert(
      fc.property(place, width, fc.double({ min: 0, max: 1, noNaN: true }), (low, size, share) => {
        const high = low + size;
        const middle = low + share * size;
        fc.pre(low < middle && middle < high);
        const whole = [{ low: [low], high: [high] }];
        const parts = [
          { low: [low], high: [middle] },
          { low: [middle], high: [high] },
        ];
        const one = gpLogHypervolumeGain(core, whole, [0], [1]);
        const two = gpLogHypervolumeGain(core, parts, [0], [1]);
        const near = (a: number, b: number): void =>
          expect(Math.abs(a - b)).toBeLessThan(2e-7 * Math.max(1, Math.abs(a)));
        near(one.value, two.value);
        near(one.byMean[0] as number, two.byMean[0] as number);
        near(one.byVariance[0] as number, two.byVariance[0] as number);
      }),
      { numRuns: 2000 },
    );
  });

  test("goes on rising towards the front from any distance", () => {
    const boxes = boxesOf(
      [
        [0, 1],
        [1, 0],
      ],
      [1.1, 1.1],
    );
    let before = Number.NEGATIVE_INFINITY;
    for (let distance = 1e6; distance > 1e-3; distance /= 1.5) {
      const { value, byMean } = gpLogHypervolumeGain(core, boxes, [distance, distance], [1e-2, 1e-4]);
      expect(value).toBeGreaterThan(before);
      expect(byMean[0]).toBeLessThan(0);
      before = value;
    }
  });
});
