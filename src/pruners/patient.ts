import { expectInteger, expectNumber } from "../core/errors.ts";
import { expectOneObjective } from "../core/one-objective.ts";
import type { Pruner, PrunerInput } from "./pruner.ts";

export interface PatientOptions {
  /** Latest reports, beside the last, that may pass without improvement; at least 0. */
  readonly patience: number;
  /** Change of the reported value that does not count as a worsening; default 0. */
  readonly minDelta?: number;
}

/**
 * Lets `pruner` judge a trial only when its latest `patience` + 1 reports are all worse, by more than
 * `minDelta`, than the best before them; with null in the pruner's place such a trial is pruned at once.
 * Reports that are NaN are passed over; a trial with nothing else on either side goes on.
 * Source: the rule and defaults of Optuna's PatientPruner.
 */
export function patient(pruner: Pruner | null, options: PatientOptions): Pruner {
  const patience = expectInteger("patience", options.patience, 0);
  const minDelta = expectNumber("minDelta", options.minDelta ?? 0, "a finite number >= 0", (value) => value >= 0);

  function stalled({ directions, trial }: PrunerInput): boolean {
    if (trial.intermediate.length <= patience + 1) return false;
    const sign = directions[0] === "maximize" ? -1 : 1;
    const losses = trial.intermediate.map(([, value]) => sign * value);
    const before = leastOf(losses.slice(0, -patience - 1));
    const latest = leastOf(losses.slice(-patience - 1));
    return before !== null && latest !== null && before + minDelta < latest;
  }

  return {
    name: pruner === null ? "patient" : `patient(${pruner.name})`,
    check: (directions) => expectOneObjective("patient", directions),
    shouldPrune: (core, input) => stalled(input) && (pruner === null || pruner.shouldPrune(core, input)),
  };
}

function leastOf(values: readonly number[]): number | null {
  let least: number | null = null;
  for (const value of values) if (!Number.isNaN(value) && (least === null || value < least)) least = value;
  return least;
}
