import { expectInteger } from "../core/errors.ts";
import { expectOneObjective } from "../core/one-objective.ts";
import type { Pruner, PrunerInput } from "./pruner.ts";
import { failsRung, measure } from "./rungs.ts";

export interface SuccessiveHalvingOptions {
  /** Step of the first rung; default "auto": a hundredth of the first complete trial's steps, at least 1. */
  readonly minResource?: number | "auto";
  /** Of each `reductionFactor` trials at a rung one goes on; at least 2, default 4. */
  readonly reductionFactor?: number;
  /** Rungs left out at the lower end; default 0. */
  readonly minEarlyStoppingRate?: number;
  /** Results at a rung needed before any trial passes it; only with a given `minResource`; default 0. */
  readonly bootstrapCount?: number;
}

/**
 * Asynchronous successive halving: a trial that reaches rung k, at step
 * minResource * reductionFactor^(minEarlyStoppingRate + k), goes on when it is among the best
 * 1 / reductionFactor of all that reached it so far.
 * With "auto", trials up to the first complete one are neither judged nor counted.
 * Source: Li et al. (2020), "A system for massively parallel hyperparameter tuning"; the defaults and the rule
 * for fewer than reductionFactor results are those of Optuna's SuccessiveHalvingPruner.
 */
export function successiveHalving(options: SuccessiveHalvingOptions = {}): Pruner {
  const given = options.minResource ?? "auto";
  const minResource = given === "auto" ? null : expectInteger("minResource", given, 1);
  const factor = expectInteger("reductionFactor", options.reductionFactor ?? 4, 2);
  const early = expectInteger("minEarlyStoppingRate", options.minEarlyStoppingRate ?? 0, 0);
  const bootstrap = expectInteger(
    "bootstrapCount",
    options.bootstrapCount ?? 0,
    0,
    minResource === null ? 0 : undefined,
  );

  function shouldPrune({ directions, trial, history }: PrunerInput): boolean {
    if (minResource !== null) return failsRung({ minResource, factor, early, bootstrap }, directions, trial, history);
    const first = measure(history);
    if (first === null || trial.number < first.number) return false;
    const learnt = Math.max(Math.floor(first.steps / 100), 1);
    const others = history.filter(({ number }) => number > first.number);
    return failsRung({ minResource: learnt, factor, early, bootstrap }, directions, trial, others);
  }

  return {
    name: "successiveHalving",
    check: (directions) => expectOneObjective("successiveHalving", directions),
    shouldPrune: (_core, input) => shouldPrune(input),
  };
}
