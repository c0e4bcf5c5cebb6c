import { expectInteger } from "../core/errors.ts";
import { bestTrial } from "../core/best-trial.ts";
import type { StoppingRule } from "./stopping-rule.ts";

/**
 * Stops, for "patience", when the best value has not improved for `trials` finished trials in a row, however they
 * ended. With several objectives the first one counts; `stagnation` asks for all of them.
 */
export function patience(trials: number): StoppingRule {
  expectInteger("patience", trials, 1);
  return {
    reasonToStop({ directions, history }) {
      if (history.length < trials) return null;
      const best = bestTrial(history, directions);
      const since = best === null ? trials : history.filter((trial) => trial.number > best.number).length;
      return since >= trials ? "patience" : null;
    },
  };
}
