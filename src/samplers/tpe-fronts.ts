import { nonDominatedRanks } from "../core/non-dominated-sort.ts";
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
  const pointOf = (row: number): readonly number[] => scores[row]?.keys as readonly number[];
  // Every front has a point: what lies beyond the first `wanted` ones is not asked for.
  const ranks = nonDominatedRanks(rows.map(pointOf), wanted);
  const fronts: number[][] = [];
  rows.forEach((row, i) => (fronts[ranks[i] as number] ??= []).push(row));
  const chosen: number[] = [];
  for (const front of fronts) {
    const room = wanted - chosen.length;
    if (room === 0) break;
    if (front.length <= room) chosen.push(...front);
    else for (const i of hypervolumeSubset(front.map(pointOf), room)) chosen.push(front[i] as number);
  }
  return chosen;
}
