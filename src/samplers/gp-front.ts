import { type Box, nonDominatedBoxes } from "../core/non-dominated-boxes.ts";
import { compareLexicographically } from "../core/lexicographic.ts";
import { nonDominatedRanks } from "../core/non-dominated-sort.ts";
import type { GpPredictions } from "../wasm/gp.ts";
import { hypervolumeSubset } from "./hypervolume-subset.ts";

type Point = readonly number[];

/** Boxes over which an expected hypervolume improvement is summed, at most: a tenth of a millisecond's worth. */
const MOST_BOXES = 1000;

/** How far beyond the worst of the front the reference lies, as a share of the front's range. */
const MARGIN = 0.1;

/**
 * What the incumbents leave to improve on: the posterior means [m] at trials that violate nothing, as disjoint boxes
 * below a reference point. If a front takes too many boxes, those of its points count that dominate the most.
 */
export function boxesToImprove(own: readonly GpPredictions[], feasible: readonly boolean[]): readonly Box[] {
  const means = feasible.flatMap((holds, row) => (holds ? [own.map(({ mean }) => mean[row] as number)] : []));
  const front = frontOf(means).map((i) => means[i] as Point);
  const reference = referencePoint(front, means);
  const boxes = nonDominatedBoxes(front, reference, MOST_BOXES);
  if (boxes !== null) return boxes;
  const ranked = hypervolumeSubset(front, Math.min(front.length - 1, MOST_BOXES));
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

// A tenth of the front's range beyond its worst, as BoTorch infers it. A front without a range, of a single point say,
// takes that of all points; if they do not differ either, a tenth of a standard deviation.
function referencePoint(front: readonly Point[], all: readonly Point[]): Point {
  const rangeOf = (points: readonly Point[], k: number): readonly [number, number] => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const point of points) {
      low = Math.min(low, point[k] as number);
      high = Math.max(high, point[k] as number);
    }
    return [low, high];
  };
  return (front[0] as Point).map((_, k) => {
    const [low, worst] = rangeOf(front, k);
    const [least, most] = rangeOf(all, k);
    return worst + MARGIN * (worst - low || most - least || 1);
  });
}
