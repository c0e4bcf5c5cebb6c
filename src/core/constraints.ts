import type { TrialRecord } from "./trial.ts";

/** What the keys of constraints by name begin with among a trial's system attributes, in Optuna's files too. */
export const constraintPrefix = "constraints:";

/**
 * The values of the trial's constraints, each kept where it is at most 0; null for one without constraints.
 * They stand among the system attributes under Optuna's keys: `constraints`, a list, and `constraints:NAME`, each a
 * number; what is no number does not count. In the list's order, then by name.
 */
export function constraintsOf({ systemAttrs }: Pick<TrialRecord, "systemAttrs">): readonly number[] | null {
  const keys = Object.keys(systemAttrs).filter((key) => key === "constraints" || key.startsWith(constraintPrefix));
  if (keys.length === 0) return null;
  const values: number[] = [];
  for (const key of keys.sort()) {
    const value = systemAttrs[key];
    for (const constraint of Array.isArray(value) ? value : [value]) {
      if (typeof constraint === "number" && !Number.isNaN(constraint)) values.push(constraint);
    }
  }
  return values.length > 0 ? values : null;
}

/** By how much constraints are violated: the sum of those above 0; 0 for none. */
export function totalViolation(constraints: readonly number[] | null): number {
  return (constraints ?? []).reduce((sum, constraint) => (constraint > 0 ? sum + constraint : sum), 0);
}

/** By how much the trial violates its constraints; 0 for one without constraints. */
export function violationOf(trial: Pick<TrialRecord, "systemAttrs">): number {
  return totalViolation(constraintsOf(trial));
}

/** Whether the trial keeps its constraints; one without any does. */
export function isFeasible(trial: Pick<TrialRecord, "systemAttrs">): boolean {
  return violationOf(trial) === 0;
}
