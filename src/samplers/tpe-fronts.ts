import { hypervolumeSubset } from "./hypervolume-subset.ts";

/**
 * `wanted` of the rows by several losses: whole non-dominated fronts while they fit, of the next one those that
 * dominate the largest hypervolume. Rows come sorted lexicographically by their losses.
 * Source: Ozaki et al., "Multiobjective tree-structured Parzen estimator" (JAIR 73, 2022), as in Optuna 5.
 */
export function bestByFronts(
  rows: readonly number[],
  scores: readonly { readonly keys: readonly number[] }[],
  wanted: number,
): readonly number[] {
  const chosen: number[] = [];
  let left = rows;
  while (chosen.length < wanted && left.length > 0) {
    const [front, rest] = splitFront(left, scores);
    const room = wanted - chosen.length;
    if (front.length <= room) chosen.push(...front);
    else {
      const points = front.map((row) => scores[row]?.keys as readonly number[]);
      for (const i of hypervolumeSubset(points, room)) chosen.push(front[i] as number);
    }
    left = rest;
  }
  return chosen;
}

/** The rows that no other one dominates, and the rest. A dominating row comes earlier, as the rows are sorted. */
function splitFront(
  rows: readonly number[],
  scores: readonly { readonly keys: readonly number[] }[],
): [number[], number[]] {
  const front: number[] = [];
  const rest: number[] = [];
  for (const row of rows) {
    const own = scores[row]?.keys as readonly number[];
    const dominated = front.some((other) => isDominated(own, scores[other]?.keys as readonly number[]));
    (dominated ? rest : front).push(row);
  }
  return [front, rest];
}

function isDominated(loss: readonly number[], by: readonly number[]): boolean {
  let worse = false;
  for (let k = 0; k < loss.length; k++) {
    if ((loss[k] as number) < (by[k] as number)) return false;
    if ((loss[k] as number) > (by[k] as number)) worse = true;
  }
  return worse;
}
