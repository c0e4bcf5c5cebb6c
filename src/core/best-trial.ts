import { isFeasible } from "./constraints.ts";
import { type Direction, loss, type TrialRecord } from "./trial.ts";

/**
 * The complete trial with the best value among those that keep their constraints; ties go to the lowest number; null
 * when there is none.
 */
export function bestTrial(trials: readonly TrialRecord[], directions: readonly Direction[]): TrialRecord | null {
  let best: TrialRecord | null = null;
  let bestLoss = Number.POSITIVE_INFINITY;
  for (const trial of trials) {
    const value = loss(trial, directions);
    if (value !== null && (best === null || value < bestLoss) && isFeasible(trial)) {
      best = trial;
      bestLoss = value;
    }
  }
  return best;
}
