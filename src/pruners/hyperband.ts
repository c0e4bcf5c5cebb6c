import { expectInteger, show, VernierError } from "../core/errors.ts";
import { expectOneObjective } from "../core/one-objective.ts";
import { bracketsFor, type Brackets } from "../core/brackets.ts";
import type { Pruner, PrunerInput } from "./pruner.ts";
import { failsRung, measure } from "./rungs.ts";

export interface HyperbandOptions {
  /** Step of the first rung of the first bracket; default 1. */
  readonly minResource?: number;
  /** The most steps of a trial; default "auto": those of the first complete trial and one. */
  readonly maxResource?: number | "auto";
  /** Of each `reductionFactor` trials at a rung one goes on; at least 2, default 3. */
  readonly reductionFactor?: number;
  /** Results at a rung needed before any trial passes it; only with a given `maxResource`; default 0. */
  readonly bootstrapCount?: number;
  /**
   * The text that, with the trial's number, picks its bracket; default the study's seed. With the study's name
   * the brackets are those that Optuna gives a study of that name.
   */
  readonly bracketKey?: string;
}

/**
 * Hyperband: several brackets of successive halving side by side, from one that prunes early to one that
 * hardly does. A trial's bracket is a hash of `bracketKey` and its number, and it competes with its bracket
 * alone. With `maxResource` "auto", trials up to the first complete one are neither judged nor counted.
 * Source: Li et al. (2018), "Hyperband"; brackets, budgets and defaults as in Optuna's HyperbandPruner.
 */
export function hyperband(options: HyperbandOptions = {}): Pruner {
  const given = options.maxResource ?? "auto";
  const minResource = expectInteger("minResource", options.minResource ?? 1, 1);
  const maxResource = given === "auto" ? null : expectInteger("maxResource", given, minResource);
  const factor = expectInteger("reductionFactor", options.reductionFactor ?? 3, 2);
  const bootstrap = expectInteger(
    "bootstrapCount",
    options.bootstrapCount ?? 0,
    0,
    maxResource === null ? 0 : undefined,
  );
  const { bracketKey } = options;
  if (bracketKey !== undefined && typeof bracketKey !== "string") {
    throw new VernierError("invalid-argument", `"bracketKey": expected a text, got ${show(bracketKey)}`);
  }

  function judge(input: PrunerInput, brackets: Brackets, history: PrunerInput["history"]): boolean {
    const { directions, trial, key } = input;
    const salt = bracketKey ?? String(key.seed);
    const early = brackets.of(salt, trial.number);
    const others = history.filter(({ number }) => brackets.of(salt, number) === early);
    return failsRung({ minResource, factor, early, bootstrap }, directions, trial, others);
  }

  function shouldPrune(input: PrunerInput): boolean {
    const { trial, history } = input;
    if (maxResource !== null) return judge(input, bracketsFor(minResource, maxResource, factor), history);
    const first = measure(history);
    if (first === null || trial.number < first.number) return false;
    const others = history.filter(({ number }) => number > first.number);
    return judge(input, bracketsFor(minResource, first.steps + 1, factor), others);
  }

  return {
    name: "hyperband",
    check: (directions) => expectOneObjective("hyperband", directions),
    shouldPrune: (_core, input) => shouldPrune(input),
  };
}
