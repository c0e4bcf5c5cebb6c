import { expectInteger } from "../core/errors.ts";
import { bestTrial } from "../core/trial.ts";
import type { StoppingRule } from "./stopping-rule.ts";

/** Stops when the best value has not improved for `trials` finished trials in a row, however they ended. */
export function patience(trials: number): StoppingRule {
  expectInteger("patience", trials, 1);
  return {
    name: "patience",
    shouldStop({ directions, history }) {
      if (history.length < trials) return false;
      const best = bestTrial(history, directions);
      if (best === null) return true;
      return history.filter((trial) => trial.number > best.number).length >= trials;
    },
  };
}
