import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareLexicographically } from "../../src/core/lexicographic.ts";
import { flattenSpace, float, int } from "../../src/core/space.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { hypervolumeSubset } from "../../src/samplers/hypervolume-subset.ts";
import { random } from "../../src/samplers/random.ts";
import { tpe } from "../../src/samplers/tpe.ts";
import { bestByFronts } from "../../src/samplers/tpe-fronts.ts";
import { core, cores } from "../support/cores.ts";
import { ask } from "../support/feedback.ts";
import { trialRecord } from "../support/trials.ts";

type Point = readonly number[];
const dominates = (a: Point, b: Point): boolean =>
  a.every((x, k) => x <= (b[k] as number)) && a.some((x, k) => x < (b[k] as number));
const pointsOf = (m: number): fc.Arbitrary<Point[]> =>
  fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: m, maxLength: m }), { minLength: 1, maxLength: 14 });
const anyPoints = fc.integer({ min: 2, max: 4 }).chain(pointsOf);

describe("points that dominate the largest hypervolume", () => {
  /** By inclusion and exclusion over all subsets. */
  function volume(points: readonly Point[], reference: Point): number {
    let sum = 0;
    for (let subset = 1; subset < 1 << points.length; subset++) {
      const members = points.filter((_, i) => (subset >> i) & 1);
      const sides = reference.map((r, k) => r - Math.max(...members.map((point) => point[k] as number)));
      sum += (members.length % 2 === 1 ? 1 : -1) * sides.reduce((product, side) => product * side, 1);
    }
    return sum;
  }

  test("are chosen greedily, each the one that adds most", () => {
    fc.assert(
      fc.property(anyPoints, fc.integer({ min: 1, max: 6 }), (points, size) => {
        const front = points
          .filter((point) => !points.some((other) => dominates(other, point)))
          .sort(compareLexicographically);
        const chosen = hypervolumeSubset(front, size);
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(chosen.length).toBe(Math.min(size, front.length));
        // When all different ones are taken, they come in their order.
        if (size >= new Set(front.map(String)).size) return;
        const reference = (front[0] as Point).map(
          (_, k) => 1.1 * Math.max(...front.map((point) => point[k] as number)),
        );
        chosen.forEach((_, step) => {
          const before = chosen.slice(0, step).map((i) => front[i] as Point);
          const gain = (i: number): number => volume([...before, front[i] as Point], reference);
          const best = Math.max(...front.map((_, i) => gain(i)));
          expect(gain(chosen[step] as number)).toBeGreaterThan(best * (1 - 1e-9));
        });
      }),
      { numRuns: 150 },
    );
  });

  test("are as many as asked whatever the numbers", () => {
    const extremes = fc.constantFrom(-Infinity, -1e300, -1, 0, 1, 1e300, Infinity);
    fc.assert(
      fc.property(fc.array(fc.tuple(extremes, extremes, extremes), { maxLength: 12 }), fc.nat(12), (points, size) => {
        const chosen = hypervolumeSubset([...points].sort(compareLexicographically), size);
        expect(new Set(chosen).size).toBe(Math.min(size, points.length));
      }),
    );
  });
});

test("fronts are taken whole while they fit", () => {
  fc.assert(
    fc.property(anyPoints, fc.nat(14), (points, wanted) => {
      const sorted = [...points].sort(compareLexicographically);
      const rows = sorted.map((_, i) => i);
      const chosen = new Set(
        bestByFronts(
          rows,
          sorted.map((keys) => ({ keys })),
          wanted,
        ),
      );
      expect(chosen.size).toBe(Math.min(wanted, points.length));
      // Whoever dominates a chosen one is chosen.
      const passedOver = rows.filter((row) => !chosen.has(row));
      for (const i of chosen) {
        expect(passedOver.some((j) => dominates(sorted[j] as Point, sorted[i] as Point))).toBe(false);
      }
    }),
  );
});

const space = flattenSpace({ x: float(-2, 3), y: float(-3, 3), k: int(0, 9) });

/** Random trials of a problem whose best trade-offs lie at y = 0, k = 7 and 0 <= x <= 1. */
function twoObjectives(count: number, fields: (x: number) => Partial<TrialRecord> = () => ({})): TrialRecord[] {
  return Array.from({ length: count }, (_, number) => {
    const internal = ask(core, random(), space, [], number, { seed: 3 }) as Record<string, number>;
    const { x, y, k } = internal as { x: number; y: number; k: number };
    const rest = y * y + 0.1 * (k - 7) ** 2;
    return trialRecord(space, number, internal, 0, { values: [x * x + rest, -((x - 1) ** 2) - rest], ...fields(x) });
  });
}
const directions = ["minimize", "maximize"] as const;

describe("with two objectives", () => {
  const history = twoObjectives(120);
  const draws = (trials: readonly TrialRecord[]): Readonly<Record<string, number>>[] =>
    Array.from({ length: 40 }, (_, seed) => ask(core, tpe(), space, trials, 120, { seed, directions }) ?? {});
  const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;

  test("suggests near the best trade-offs", () => {
    const found = draws(history);
    expect(mean(found.map((draw) => Math.abs(draw["y"] as number)))).toBeLessThan(0.8);
    expect(mean(found.map((draw) => Math.abs((draw["k"] as number) - 7)))).toBeLessThan(2);
    expect(found.filter((draw) => (draw["x"] as number) > -0.7 && (draw["x"] as number) < 1.7).length).toBeGreaterThan(
      32,
    );
  });

  test("keeps away from trials that violate a constraint", () => {
    const found = draws(twoObjectives(120, (x) => ({ systemAttrs: { constraints: [x - 0.2, -1] } })));
    expect(found.filter((draw) => (draw["x"] as number) > 0.4).length).toBeLessThan(10);
    expect(draws(history).filter((draw) => (draw["x"] as number) > 0.4).length).toBeGreaterThan(15);
  });

  test.each(cores)("suggests the same everywhere ($build)", ({ core }) => {
    const hash = createHash("sha256");
    const all = [tpe(), tpe({ group: true }), tpe({ multivariate: false })];
    for (const sampler of all) hash.update(JSON.stringify(ask(core, sampler, space, history, 120, { directions })));
    expect(hash.digest("hex")).toBe("27c8669f62aaf7cf93e21a048130630d036396ee2bab57eb2a316b211f98315e");
  });
});

describe("constraints", () => {
  const line = flattenSpace({ x: float(0, 1) });
  const at = (
    number: number,
    x: number,
    value: number,
    constraints: number[],
    state: "complete" | "pruned" = "complete",
  ): TrialRecord => trialRecord(line, number, { x }, value, { state, systemAttrs: { constraints } });
  const meanX = (history: readonly TrialRecord[]): number => {
    const draws = Array.from(
      { length: 40 },
      (_, seed) => ask(core, tpe(), line, history, 20, { seed })?.["x"] as number,
    );
    return draws.reduce((sum, x) => sum + x, 0) / draws.length;
  };
  const middling = Array.from({ length: 18 }, (_, i) => at(i, 0.3 + 0.02 * i, 1, [0, -5]));

  test("come before the value", () => {
    expect(meanX([...middling, at(18, 0.95, 0, [0]), at(19, 0.93, 0, [-1])])).toBeGreaterThan(0.8);
    expect(meanX([...middling, at(18, 0.95, 0, [0.1]), at(19, 0.93, 0, [-1, 2])])).toBeLessThan(0.6);
  });

  test("count by the sum of the violations where nothing else is left", () => {
    const violating = middling.map((trial) => at(trial.number, trial.internal["x"] as number, 0, [2, 1, -9]));
    expect(meanX([...violating, at(18, 0.95, 9, [1, 1.5]), at(19, 0.93, 9, [2.5, -1])])).toBeGreaterThan(0.8);
    expect(meanX([...violating, at(18, 0.95, -9, [2, 2]), at(19, 0.93, -9, [0, 4])])).toBeLessThan(0.7);
  });

  test("put a pruned trial that keeps them before one that does not", () => {
    const violating = middling.map((trial) => at(trial.number, trial.internal["x"] as number, 0, [1]));
    expect(meanX([...violating, at(18, 0.95, 9, [0], "pruned"), at(19, 0.93, 9, [], "pruned")])).toBeGreaterThan(0.8);
  });
});
