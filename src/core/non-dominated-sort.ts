import { compareLexicographically } from "./lexicographic.ts";

type Point = readonly number[];

/**
 * The non-dominated rank of each of the points [n, m], all to be minimized: 0 for those that no other dominates, 1
 * for those that only points of rank 0 dominate, and so on; equal points have equal ranks. Ranks from `limit` on are
 * all given as `limit`. Infinities count as numbers; NaN must not occur.
 * n log n for one or two objectives, else at worst n^2 m.
 * Source: Zhang et al., "An efficient approach to nondominated sorting" (IEEE TEVC 19, 2015), with binary search.
 */
export function nonDominatedRanks(points: readonly Point[], limit: number = Number.POSITIVE_INFINITY): number[] {
  const order = points
    .map((_, i) => i)
    .sort((a, b) => compareLexicographically(points[a] as Point, points[b] as Point));
  const ranks = new Array<number>(points.length).fill(0);
  const fronts: Point[][] = [];
  let before: Point | null = null;
  let rank = 0;
  for (const i of order) {
    const point = points[i] as Point;
    if (before === null || compareLexicographically(before, point) !== 0) {
      rank = firstWithoutDominator(fronts, point);
      if (rank < limit) (fronts[rank] ??= []).push(point);
      before = point;
    }
    ranks[i] = Math.min(rank, limit);
  }
  return ranks;
}

// A point that some point of a front dominates is dominated by one of each front before.
function firstWithoutDominator(fronts: readonly (readonly Point[])[], point: Point): number {
  let low = 0;
  let high = fronts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (hasDominator(fronts[middle] as readonly Point[], point)) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The front's points come before this one lexicographically: none is worse in the first coordinate. With two, the
// last of the front has the least second coordinate.
function hasDominator(front: readonly Point[], point: Point): boolean {
  const first = point.length <= 2 ? front.length - 1 : 0;
  for (let i = front.length - 1; i >= first; i--) {
    const other = front[i] as Point;
    let k = 1;
    while (k < point.length && (other[k] as number) <= (point[k] as number)) k++;
    if (k === point.length) return true;
  }
  return false;
}
