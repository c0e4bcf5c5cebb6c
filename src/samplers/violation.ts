import type { TrialRecord } from "../core/trial.ts";

/**
 * By how much the trial violates its constraints: the sum of those above 0; 0 for one without constraints.
 * They stand among the system attributes under Optuna's key, `constraints`; one that is no number does not count.
 */
export function violationOf(trial: TrialRecord): number {
  const constraints = trial.systemAttrs?.["constraints"];
  if (!Array.isArray(constraints)) return 0;
  let sum = 0;
  for (const value of constraints) if (typeof value === "number" && value > 0) sum += value;
  return sum;
}
