/**
 * The crowding distance of each of the points [n, m] of one front: the sum over the objectives of the gap between its
 * two neighbors as a share of the front's range; Infinity for the first and the last in any objective. Ties in an
 * objective keep the points' order; an objective that is the same everywhere separates nobody. In an infinite range
 * only infinite gaps count, as 1.
 * Source: Deb et al., "A fast and elitist multiobjective genetic algorithm: NSGA-II" (IEEE TEVC 6, 2002), III.B.
 */
export function crowdingDistances(points: readonly (readonly number[])[]): number[] {
  const distances = points.map(() => 0);
  const m = points[0]?.length ?? 0;
  for (let k = 0; k < m; k++) {
    const at = (i: number): number => points[i]?.[k] as number;
    const order = points.map((_, i) => i).sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : a - b));
    const first = order[0] as number;
    const last = order.at(-1) as number;
    if (at(first) === at(last)) continue;
    const range = at(last) - at(first);
    distances[first] = Number.POSITIVE_INFINITY;
    distances[last] = Number.POSITIVE_INFINITY;
    for (let position = 1; position < order.length - 1; position++) {
      const [before, i, after] = order.slice(position - 1, position + 2) as [number, number, number];
      distances[i] = (distances[i] as number) + shareOf(at(before), at(after), range);
    }
  }
  return distances;
}

function shareOf(low: number, high: number, range: number): number {
  if (low === high) return 0;
  const gap = high - low;
  return gap === Number.POSITIVE_INFINITY ? 1 : gap / range;
}
