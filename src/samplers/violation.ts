import type { TrialRecord } from "../core/trial.ts";

/**
 * By how much the trial violates its constraints: the sum of those above 0; 0 for one without constraints.
 * They stand among the system attributes under Optuna's keys: `constraints`, a list, and `constraints:NAME`, each a
 * number; what is no number does not count. Summed in the list's order, then by name.
 */
export function violationOf({ systemAttrs }: Pick<TrialRecord, "systemAttrs">): number {
  let sum = 0;
  for (const key of Object.keys(systemAttrs).sort()) {
    if (key !== "constraints" && !key.startsWith("constraints:")) continue;
    const value = systemAttrs[key];
    for (const constraint of Array.isArray(value) ? value : [value]) {
      if (typeof constraint === "number" && constraint > 0) sum += constraint;
    }
  }
  return sum;
}
