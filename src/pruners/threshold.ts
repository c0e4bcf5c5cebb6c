import { expectInteger, show, VernierError } from "../core/errors.ts";
import { expectOneObjective } from "../core/one-objective.ts";
import { dueAt } from "./interval.ts";
import type { Pruner, PrunerInput } from "./pruner.ts";

export interface ThresholdOptions {
  /** Reports below it end the trial; at least one of `lower` and `upper` is needed. */
  readonly lower?: number;
  /** Reports above it end the trial. */
  readonly upper?: number;
  /** Steps of each trial that are never pruned; default 0. */
  readonly warmupSteps?: number;
  /** Steps between two checks, counted from the warm-up; default 1. */
  readonly intervalSteps?: number;
}

/**
 * Prunes a trial whose latest report lies outside [lower, upper], in the units of the objective, or is NaN.
 * Throws `invalid-argument` for no bound at all or lower > upper.
 * Source: the rule and defaults of Optuna's ThresholdPruner.
 */
export function threshold(options: ThresholdOptions): Pruner {
  const lower = bound("lower", options.lower, Number.NEGATIVE_INFINITY);
  const upper = bound("upper", options.upper, Number.POSITIVE_INFINITY);
  if (options.lower === undefined && options.upper === undefined) {
    throw new VernierError("invalid-argument", `"threshold": expected a lower or an upper bound, got neither`);
  }
  if (lower > upper) {
    throw new VernierError("invalid-argument", `"threshold": expected lower <= upper, got ${lower} > ${upper}`);
  }
  const warmupSteps = expectInteger("warmupSteps", options.warmupSteps ?? 0, 0);
  const intervalSteps = expectInteger("intervalSteps", options.intervalSteps ?? 1, 1);

  function shouldPrune({ trial }: PrunerInput): boolean {
    const last = trial.intermediate.at(-1);
    if (last === undefined || !dueAt(trial.intermediate, warmupSteps, intervalSteps)) return false;
    return !(last[1] >= lower && last[1] <= upper);
  }

  return {
    name: "threshold",
    check: (directions) => expectOneObjective("threshold", directions),
    shouldPrune: (_core, input) => shouldPrune(input),
  };
}

function bound(name: string, value: number | undefined, absent: number): number {
  if (value === undefined) return absent;
  if (typeof value === "number" && !Number.isNaN(value)) return value;
  throw new VernierError("invalid-argument", `"${name}": expected a number that is not NaN, got ${show(value)}`);
}
