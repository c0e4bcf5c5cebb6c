import { isFeasible } from "./constraints.ts";
import { nonDominatedRanks } from "./non-dominated-sort.ts";
import type { Direction, TrialRecord } from "./trial.ts";

/** The values turned so that smaller is better in every coordinate. */
export function lossesOf(values: readonly number[], directions: readonly Direction[]): number[] {
  return values.map((value, k) => (directions[k] === "maximize" ? -value : value));
}

/** The complete trials that keep their constraints and that no other such dominates, by number; n log n for two objectives. */
export function paretoFront(trials: readonly TrialRecord[], directions: readonly Direction[]): TrialRecord[] {
  const complete = trials.filter(
    (trial) =>
      trial.state === "complete" && trial.values !== null && !trial.values.some(Number.isNaN) && isFeasible(trial),
  );
  const ranks = nonDominatedRanks(
    complete.map((trial) => lossesOf(trial.values as readonly number[], directions)),
    1,
  );
  return complete.filter((_, i) => ranks[i] === 0);
}
