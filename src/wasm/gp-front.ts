import type { Box } from "../core/non-dominated-boxes.ts";
import type { Arena, SurrogateCore } from "./core.ts";

/** What no incumbent dominates, placed as assembly/gp/log-ehvi.ts has it: each edge and each interval once. */
export function placeFront(core: SurrogateCore, arena: Arena, boxes: readonly Box[], objectives: number): number {
  const edges: number[] = [];
  const edgesFrom = [0];
  const intervals: number[] = [];
  const intervalsFrom = [0];
  const of = new Int32Array(boxes.length * objectives);
  for (let j = 0; j < objectives; j++) {
    const edgePlaces = new Map<number, number>([[Number.NEGATIVE_INFINITY, NONE]]);
    const placeOf = (edge: number): number => {
      const known = edgePlaces.get(edge);
      if (known !== undefined) return known;
      edgePlaces.set(edge, edges.length);
      return edges.push(edge) - 1;
    };
    const intervalPlaces = new Map<string, number>();
    boxes.forEach(({ low, high }, k) => {
      const lower = placeOf(low[j] as number);
      const upper = placeOf(high[j] as number);
      const name = `${lower} ${upper}`;
      const place = intervalPlaces.get(name) ?? intervals.push(lower, upper) / 2 - 1;
      intervalPlaces.set(name, place);
      of[k * objectives + j] = place;
    });
    edgesFrom.push(edges.length);
    intervalsFrom.push(intervals.length / 2);
  }
  return (
    core.exports.gpFront(
      objectives,
      arena.i32(edgesFrom),
      arena.f64(edges),
      arena.i32(intervalsFrom),
      arena.i32(intervals),
      boxes.length,
      arena.i32(of),
    ) >>> 0
  );
}

/** In place of a lower edge. */
const NONE = -1;

/**
 * The logarithm of the expected hypervolume improvement of independent normal outcomes of these means and variances [m],
 * given disjoint boxes that no incumbent dominates, and its derivatives.
 */
export function gpLogHypervolumeGain(
  core: SurrogateCore,
  boxes: readonly Box[],
  mean: ArrayLike<number>,
  variance: ArrayLike<number>,
): { readonly value: number; readonly byMean: Float64Array; readonly byVariance: Float64Array } {
  const m = mean.length;
  return core.scope((arena) => {
    const front = placeFront(core, arena, boxes, m);
    const byMean = arena.f64Alloc(m);
    const byVariance = arena.f64Alloc(m);
    const value = core.exports.gpLogHypervolumeGain(front, arena.f64(mean), arena.f64(variance), byMean, byVariance);
    return { value, byMean: arena.readF64(byMean, m), byVariance: arena.readF64(byVariance, m) };
  });
}
