// Which points of a front to keep: greedily, each time the one that adds the most hypervolume to those kept.
// Source: Guerreiro, Fonseca & Paquete, "Greedy hypervolume subset selection in low dimensions" (Evolutionary
// Computation 24, 2016).

import { boxVolume, dominatedVolume } from "../core/dominated-volume.ts";

type Point = readonly number[];

/**
 * Positions of `size` of the points [n, m], all to be minimized, sorted lexicographically and none dominating another.
 * Equal points count once as long as others are left. If a coordinate is Infinity, the first ones are taken.
 */
export function hypervolumeSubset(points: readonly Point[], size: number): number[] {
  const all = points.map((_, i) => i);
  if (size >= points.length) return all;
  const isFirst = (i: number): boolean => i === 0 || !samePoint(points[i] as Point, points[i - 1] as Point);
  const distinct = all.filter(isFirst);
  if (distinct.length <= size) return [...distinct, ...all.filter((i) => !isFirst(i))].slice(0, size);
  const reference = referencePoint(points);
  if (!reference.every(Number.isFinite)) return distinct.slice(0, size);
  // What a point adds only falls as others are kept: a bound from before spares most computations.
  const inclusive = distinct.map((i) => boxVolume(points[i] as Point, reference));
  const bounds = [...inclusive];
  const kept: number[] = [];
  while (kept.length < size) {
    const known = new Array<boolean>(distinct.length).fill(kept.length === 0);
    let best = indexOfLargest(bounds);
    while (!known[best]) {
      const point = points[distinct[best] as number] as Point;
      const shared = kept.map((i) => meet(points[i] as Point, point));
      const added = (inclusive[best] as number) - dominatedVolume(shared, reference);
      // Infinity minus infinity: nothing is known that speaks against the point.
      bounds[best] = Number.isNaN(added) ? Number.POSITIVE_INFINITY : added;
      known[best] = true;
      best = indexOfLargest(bounds);
    }
    kept.push(distinct[best] as number);
    bounds[best] = Number.NEGATIVE_INFINITY;
  }
  return kept;
}

/** A little beyond the worst of each coordinate, as Optuna has it. */
function referencePoint(points: readonly Point[]): number[] {
  return (points[0] as Point).map((_, k) => {
    const worst = points.reduce((most, point) => Math.max(most, point[k] as number), Number.NEGATIVE_INFINITY);
    return Math.max(1.1 * worst, 0.9 * worst) || 1e-12;
  });
}

const samePoint = (a: Point, b: Point): boolean => a.every((x, k) => x === b[k]);
const meet = (a: Point, b: Point): number[] => a.map((x, k) => Math.max(x, b[k] as number));

function indexOfLargest(values: readonly number[]): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
}
