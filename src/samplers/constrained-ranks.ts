import { nonDominatedRanks } from "../core/non-dominated-sort.ts";
import type { TrialRecord } from "../core/trial.ts";
import { violationOf } from "../core/constraints.ts";

/**
 * The non-dominated rank of each trial under constraints: those that keep all of them by their losses [n, m], then
 * those that violate some, by how much and whatever their losses.
 * Source: the constrained domination of Deb et al., "NSGA-II" (IEEE TEVC 6, 2002), VI.A.
 */
export function constrainedRanks(trials: readonly TrialRecord[], losses: readonly (readonly number[])[]): number[] {
  const violations = trials.map(violationOf);
  const feasible = losses.filter((_, i) => violations[i] === 0);
  const ranks = nonDominatedRanks(feasible);
  const fronts = ranks.reduce((most, rank) => Math.max(most, rank + 1), 0);
  const amounts = [...new Set(violations.filter((violation) => violation > 0))].sort((a, b) => a - b);
  let next = 0;
  return violations.map((violation) =>
    violation === 0 ? (ranks[next++] as number) : fronts + amounts.indexOf(violation),
  );
}
