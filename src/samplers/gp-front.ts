import { type Box, nonDominatedBoxes } from "../core/non-dominated-boxes.ts";
import { compareLexicographically } from "../core/lexicographic.ts";
import { nonDominatedRanks } from "../core/non-dominated-sort.ts";
import { hypervolumeSubset } from "./hypervolume-subset.ts";

type Point = readonly number[];

/** Boxes over which an expected hypervolume improvement is summed, at most: a tenth of a millisecond's worth. */
const MOST_BOXES = 1000;

/** How far the reference lies beyond what counts, as a share of the means' range. */
const MARGIN = 0.1;

/**
 * What the incumbents leave to improve on: their means [n, m], as disjoint boxes below a reference point. If their front
 * takes too many boxes, those of its points count that dominate the most.
 * A `wide` reference lies beyond the worst of all means, in each objective, and lets the front's ends grow; else it lies
 * beyond the worst of the front, and what counts is between the ends.
 */
export function boxesToImprove(means: readonly Point[], wide: boolean): readonly Box[] {
  const front = frontOf(means).map((i) => means[i] as Point);
  const reference = referencePoint(wide ? means : front, means);
  const boxes = nonDominatedBoxes(front, reference, MOST_BOXES);
  if (boxes !== null) return boxes;
  const ranked = hypervolumeSubset(front, Math.min(front.length - 1, reference.length > 4 ? 32 : 128));
  for (let size = ranked.length; ; size = Math.floor(0.8 * size)) {
    const points = ranked.slice(0, size).map((i) => front[i] as Point);
    const fewer = nonDominatedBoxes(points, reference, MOST_BOXES);
    if (fewer !== null) return fewer;
  }
}

/**
 * Positions of the points [n, m] that no other dominates, lexicographically by their coordinates; of equal ones the
 * first.
 */
export function frontOf(points: readonly Point[]): number[] {
  const ranks = nonDominatedRanks(points, 1);
  const front = Array.from(points.keys())
    .filter((i) => ranks[i] === 0)
    .sort((a, b) => compareLexicographically(points[a] as Point, points[b] as Point) || a - b);
  return front.filter(
    (i, k) => k === 0 || compareLexicographically(points[front[k - 1] as number] as Point, points[i] as Point) !== 0,
  );
}

// Beyond the worst of the points that count by a tenth of the range of all; of a standard deviation if they are alike.
function referencePoint(points: readonly Point[], all: readonly Point[]): Point {
  return (all[0] as Point).map((_, k) => {
    const most = (list: readonly Point[]): number =>
      list.reduce((worst, point) => Math.max(worst, point[k] as number), Number.NEGATIVE_INFINITY);
    const least = all.reduce((best, point) => Math.min(best, point[k] as number), Number.POSITIVE_INFINITY);
    return most(points) + MARGIN * (most(all) - least || 1);
  });
}
