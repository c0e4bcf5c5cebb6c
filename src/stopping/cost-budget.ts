import { expectNumber, show, VernierError } from "../core/errors.ts";
import type { TrialRecord } from "../core/trial.ts";
import type { StoppingRule } from "./stopping-rule.ts";

/**
 * Stops, for "cost", once the finished trials have cost `budget` or more in all, however they ended. A trial's cost
 * is the user attribute of the name `cost` (0 where a trial has none), or what the function `cost` says.
 * The trials under way are finished, so that the sum may end above the budget.
 *
 * Throws `invalid-argument` when a trial's cost is not a finite number >= 0.
 */
export function costBudget(budget: number, cost: string | ((trial: TrialRecord) => number)): StoppingRule {
  expectNumber("budget", budget, "a number > 0", (value) => value > 0);
  if (typeof cost !== "string" && typeof cost !== "function") {
    throw new VernierError("invalid-argument", `"cost": expected an attribute's name or a function, got ${show(cost)}`);
  }
  const costOf = (trial: TrialRecord): unknown =>
    typeof cost === "function" ? cost(trial) : (trial.userAttrs[cost] ?? 0);
  return {
    reasonToStop({ history }) {
      let sum = 0;
      for (const trial of history) {
        sum += expectNumber(`cost of trial ${trial.number}`, costOf(trial), "a number >= 0", (value) => value >= 0);
      }
      return sum >= budget ? "cost" : null;
    },
  };
}
