import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nonDominatedRanks } from "../../src/core/non-dominated-sort.ts";

type Point = readonly number[];
const dominates = (a: Point, b: Point): boolean =>
  a.every((x, k) => x <= (b[k] as number)) && a.some((x, k) => x < (b[k] as number));

/** By the definition: front after front is taken off. */
function ranksByPeeling(points: readonly Point[]): number[] {
  const ranks = points.map(() => -1);
  for (let rank = 0; ranks.includes(-1); rank++) {
    const left = points.flatMap((_, i) => (ranks[i] === -1 ? [i] : []));
    const front = left.filter((i) => !left.some((j) => dominates(points[j] as Point, points[i] as Point)));
    for (const i of front) ranks[i] = rank;
  }
  return ranks;
}

const coordinate = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 5 }) },
  { weight: 1, arbitrary: fc.constantFrom(-Infinity, Infinity, -0) },
);
const pointSets = fc
  .integer({ min: 1, max: 5 })
  .chain((m) => fc.array(fc.array(coordinate, { minLength: m, maxLength: m }), { maxLength: 40 }));

test("ranks are those of the fronts taken off one after another", () => {
  fc.assert(
    fc.property(pointSets, fc.nat(4), (points, limit) => {
      const ranks = ranksByPeeling(points);
      expect(nonDominatedRanks(points)).toEqual(ranks);
      expect(nonDominatedRanks(points, limit)).toEqual(ranks.map((rank) => Math.min(rank, limit)));
    }),
    { numRuns: 500 },
  );
});
