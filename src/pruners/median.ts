import { expectOneObjective } from "../core/one-objective.ts";
import { type PercentileOptions, percentile } from "./percentile.ts";
import type { Pruner } from "./pruner.ts";

/** Prunes a trial whose best report is worse than the median of complete trials at the same step. */
export function median(options: PercentileOptions = {}): Pruner {
  const check: Pruner["check"] = (directions) => expectOneObjective("median", directions);
  return { ...percentile(50, options), name: "median", check };
}
