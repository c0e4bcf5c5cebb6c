import { expectInteger, expectNumber } from "../core/errors.ts";
import { expectOneObjective } from "../core/one-objective.ts";
import { bestTrial } from "../core/best-trial.ts";
import type { TrialRecord } from "../core/trial.ts";
import type { Core } from "../wasm/core.ts";
import type { Pruner, PrunerInput } from "./pruner.ts";
import { signedRankPValue } from "./signed-rank.ts";

export interface WilcoxonOptions {
  /** A trial is pruned when a result as bad as its own would be rarer than this by chance; default 0.1. */
  readonly pThreshold?: number;
  /** Steps shared with the best trial that are needed before a trial is judged; default 2. */
  readonly startupSteps?: number;
}

/**
 * Prunes a trial that is worse than the best complete one by the Wilcoxon signed-rank test over the steps that
 * both reported: for objectives that average over problem instances or folds, each reported at its own step.
 * A trial whose mean report is no worse than the best trial's goes on in any case, and so does one with a report
 * that is not finite.
 * Source: the rule and defaults of Optuna's WilcoxonPruner.
 */
export function wilcoxon(options: WilcoxonOptions = {}): Pruner {
  const pThreshold = expectNumber("pThreshold", options.pThreshold ?? 0.1, "a number from 0 to 1", isShare);
  const startupSteps = expectInteger("startupSteps", options.startupSteps ?? 2, 0);

  function shouldPrune(core: Core, { directions, trial, history }: PrunerInput): boolean {
    const sign = directions[0] === "maximize" ? -1 : 1;
    const best = bestTrial(history, directions);
    if (best === null) return false;
    const own = losses(trial, sign);
    const rival = losses(best, sign);
    if (own === null || rival === null) return false;
    const differences: number[] = [];
    for (const [step, value] of own) {
      const other = rival.get(step);
      if (other !== undefined) differences.push(value - other);
    }
    if (differences.length === 0 || differences.length < startupSteps) return false;
    if (meanOf(own) <= meanOf(rival)) return false;
    return signedRankPValue(core, differences) < pThreshold;
  }

  return { name: "wilcoxon", check: (directions) => expectOneObjective("wilcoxon", directions), shouldPrune };
}

const isShare = (value: number): boolean => value >= 0 && value <= 1;

// The reports by step, smaller being better; null when there is none or one that is not finite.
function losses({ intermediate }: TrialRecord, sign: number): ReadonlyMap<number, number> | null {
  if (intermediate.length === 0 || !intermediate.every(([, value]) => Number.isFinite(value))) return null;
  return new Map(intermediate.map(([step, value]) => [step, sign * value]));
}

function meanOf(values: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const value of values.values()) sum += value;
  return sum / values.size;
}
