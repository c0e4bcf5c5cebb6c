import { crowdingDistances } from "../core/crowding-distance.ts";
import type { TrialRecord } from "../core/trial.ts";
import { constrainedRanks } from "./constrained-ranks.ts";

/** A trial that may become a parent, and what it competes by. */
export interface Survivor {
  readonly trial: TrialRecord;
  /** Its front; 0 is the best. */
  readonly rank: number;
  /** How far its neighbors are in its front; larger is better. */
  readonly crowding: number;
}

/** Chooses `size` of the candidates, which come and leave by trial number; losses are theirs [n, m]. */
export type SelectSurvivors = (
  candidates: readonly TrialRecord[],
  losses: readonly (readonly number[])[],
  size: number,
) => Survivor[];

/**
 * Whole fronts while they fit, and of the one that does not those with the most room around them; ties by number.
 * Source: the environmental selection of Deb et al., "NSGA-II" (IEEE TEVC 6, 2002), III.C.
 */
export const crowdedSurvivors: SelectSurvivors = (candidates, losses, size) => {
  const ranks = constrainedRanks(candidates, losses);
  const survivors: (Survivor & { readonly at: number })[] = [];
  for (const front of frontsOf(ranks)) {
    const distances = crowdingDistances(front.map((i) => losses[i] as readonly number[]));
    const members = front.map((at, i) => ({
      at,
      trial: candidates[at] as TrialRecord,
      rank: ranks[at] as number,
      crowding: distances[i] as number,
    }));
    // Infinite distances are equal, and their difference is no number.
    members.sort((a, b) => (a.crowding === b.crowding ? a.at - b.at : b.crowding - a.crowding));
    survivors.push(...members.slice(0, size - survivors.length));
    if (survivors.length === size) break;
  }
  return survivors.sort((a, b) => a.at - b.at).map(({ trial, rank, crowding }) => ({ trial, rank, crowding }));
};

/** Positions of each rank, ascending. */
export function frontsOf(ranks: readonly number[]): number[][] {
  const fronts: number[][] = [];
  ranks.forEach((rank, i) => (fronts[rank] ??= []).push(i));
  return fronts;
}
