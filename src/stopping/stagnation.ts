import { expectInteger, expectNumber } from "../core/errors.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import type { StoppingRule } from "./stopping-rule.ts";

export interface StagnationOptions {
  /** The gain, in the objective's units, that counts for nothing; default 0: any gain counts. */
  readonly tolerance?: number;
}

/**
 * Stops, for "stagnation", when the last `trials` trials together have gained no more than the tolerance over the
 * best of those before them, so that many small gains do not keep a study going. Pruned trials gain nothing; failed
 * ones are passed over. With several objectives a trial gains when no trial before them is as good, up to the
 * tolerance, in every objective.
 */
export function stagnation(trials: number, options: StagnationOptions = {}): StoppingRule {
  expectInteger("trials", trials, 1);
  const { tolerance = 0 } = options;
  expectNumber("tolerance", tolerance, "a number >= 0", (value) => value >= 0);
  return {
    reasonToStop({ directions, history }) {
      const told = history.filter((trial) => trial.state !== "fail");
      const before = losses(told.slice(0, -trials), directions);
      if (before.length === 0) return null;
      const late = losses(told.slice(-trials), directions);
      const matched = (loss: readonly number[]): boolean =>
        before.some((earlier) => loss.every((value, i) => (earlier[i] as number) - value <= tolerance));
      return late.every(matched) ? "stagnation" : null;
    },
  };
}

function losses(trials: readonly TrialRecord[], directions: readonly Direction[]): number[][] {
  return trials.flatMap(({ state, values }) =>
    state === "complete" && values !== null
      ? [values.map((value, i) => (directions[i] === "maximize" ? -value : value))]
      : [],
  );
}
