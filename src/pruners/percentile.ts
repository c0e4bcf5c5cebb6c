import { expectInteger, expectNumber } from "../core/errors.ts";
import { expectOneObjective } from "../core/one-objective.ts";
import { dueAt } from "./interval.ts";
import type { Pruner, PrunerInput } from "./pruner.ts";

export interface PercentileOptions {
  /** Complete trials needed before any is pruned; default 5. */
  readonly startupTrials?: number;
  /** Steps of each trial that are never pruned; default 0. */
  readonly warmupSteps?: number;
  /** Steps between two checks, counted from the warm-up; default 1. */
  readonly intervalSteps?: number;
  /** Values at a step needed before it is judged; default 1. */
  readonly minTrials?: number;
}

/**
 * Prunes a trial whose best report so far is worse than the given percentile (0 to 100, of the better side)
 * of what complete trials had reported at the same step.
 * Source: the rule and defaults of Optuna's PercentilePruner.
 */
export function percentile(percent: number, options: PercentileOptions = {}): Pruner {
  expectNumber("percentile", percent, "a number from 0 to 100", (value) => value >= 0 && value <= 100);
  const startupTrials = expectInteger("startupTrials", options.startupTrials ?? 5, 0);
  const warmupSteps = expectInteger("warmupSteps", options.warmupSteps ?? 0, 0);
  const intervalSteps = expectInteger("intervalSteps", options.intervalSteps ?? 1, 1);
  const minTrials = expectInteger("minTrials", options.minTrials ?? 1, 1);

  function shouldPrune({ directions, trial, history }: PrunerInput): boolean {
    const complete = history.filter((other) => other.state === "complete");
    const last = trial.intermediate.at(-1);
    if (complete.length === 0 || complete.length < startupTrials || last === undefined) return false;
    const step = last[0];
    if (!dueAt(trial.intermediate, warmupSteps, intervalSteps)) return false;

    // Losses: smaller is better in either direction, and so is the lower percentile.
    const sign = directions[0] === "maximize" ? -1 : 1;
    const own = trial.intermediate.map(([, value]) => sign * value).filter((value) => !Number.isNaN(value));
    if (own.length === 0) return true;
    const others = complete
      .map((other) => other.intermediate.find(([at]) => at === step)?.[1])
      .filter((value) => value !== undefined && !Number.isNaN(value))
      .map((value) => sign * (value as number));
    if (others.length < minTrials) return false;
    return own.reduce((least, value) => Math.min(least, value)) > interpolatedPercentile(others, percent);
  }

  return {
    name: "percentile",
    check: (directions) => expectOneObjective("percentile", directions),
    shouldPrune: (_core, input) => shouldPrune(input),
  };
}

/** The percentile with linear interpolation between the two nearest of the sorted values. */
function interpolatedPercentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (percent / 100) * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low === high ? low : low + (high - low) * (position - below);
}
