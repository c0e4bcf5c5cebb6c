import { contains, type Distribution, sameDistribution } from "./distribution.ts";
import type { TrialRecord } from "./trial.ts";

/** The trial's internal value where the parameter now allows it, else NaN. */
export function valueIn(trial: TrialRecord, name: string, distribution: Distribution): number {
  const value = trial.internal[name];
  const own = trial.distributions[name];
  if (value === undefined || own === undefined) return Number.NaN;
  if (own === distribution || sameDistribution(own, distribution)) return value;
  // The range changed since: a number may still do, an index would mean another choice.
  const usable = distribution.type !== "categorical" && own.type !== "categorical" && contains(distribution, value);
  return usable ? value : Number.NaN;
}
