import { expectNumber } from "../core/errors.ts";
import { bestTrial } from "../core/best-trial.ts";
import type { StoppingRule } from "./stopping-rule.ts";

/** Stops, for "target", once a trial's value is at least as good as `value`. */
export function target(value: number): StoppingRule {
  expectNumber("target", value);
  return {
    reasonToStop({ directions, history }) {
      const best = bestTrial(history, directions)?.values?.[0];
      if (best === undefined) return null;
      return (directions[0] === "maximize" ? best >= value : best <= value) ? "target" : null;
    },
  };
}
