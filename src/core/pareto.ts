import type { Direction, TrialRecord } from "./trial.ts";

/** Whether values `a` are at least as good as `b` in every direction and better in one. */
export function dominates(a: readonly number[], b: readonly number[], directions: readonly Direction[]): boolean {
  let better = false;
  for (let i = 0; i < directions.length; i++) {
    const difference = ((a[i] as number) - (b[i] as number)) * (directions[i] === "maximize" ? -1 : 1);
    if (difference > 0) return false;
    if (difference < 0) better = true;
  }
  return better;
}

/** The complete trials that no other complete trial dominates, by number. */
export function paretoFront(trials: readonly TrialRecord[], directions: readonly Direction[]): TrialRecord[] {
  const complete = trials.filter((trial) => trial.state === "complete" && trial.values !== null);
  return complete.filter(
    (trial) =>
      !complete.some((other) =>
        dominates(other.values as readonly number[], trial.values as readonly number[], directions),
      ),
  );
}
