import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TrialRecord } from "../../src/core/trial.ts";
import { allOf, anyOf } from "../../src/stopping/combine.ts";
import { costBudget } from "../../src/stopping/cost-budget.ts";
import { patience } from "../../src/stopping/patience.ts";
import { stagnation } from "../../src/stopping/stagnation.ts";
import type { StoppingRule } from "../../src/stopping/stopping-rule.ts";
import { timeout } from "../../src/stopping/timeout.ts";
import { stoppingInputs } from "../conformance/stopping-rule.ts";
import { bareTrial } from "../support/bare-trial.ts";
import { stoppingInput } from "../support/stopping-input.ts";

type Ended = number | readonly number[] | "pruned" | "fail";

const trials = (ended: readonly Ended[]): TrialRecord[] =>
  ended.map((end, number) => {
    if (end === "pruned" || end === "fail") return bareTrial({ number, state: end, values: null });
    return bareTrial({ number, values: typeof end === "number" ? [end] : end });
  });

/** After how many of the trials the rule stops, if it does. */
function stopsAfter(rule: StoppingRule, ended: readonly Ended[], directions = ["minimize" as "minimize" | "maximize"]) {
  const all = trials(ended);
  for (let known = 0; known <= all.length; known++) {
    if (rule.reasonToStop(stoppingInput({ directions, history: all.slice(0, known) })) !== null) return known;
  }
  return null;
}

describe("stagnation", () => {
  test("counts the gain of the last trials together", () => {
    const creeping = [10, 9.9, 9.8, 9.7, 9.6, 9.5, 9.4];
    expect(stopsAfter(patience(3), creeping)).toBeNull();
    expect(stopsAfter(stagnation(3, { tolerance: 0.35 }), creeping)).toBe(4);
    expect(stopsAfter(stagnation(3, { tolerance: 0.25 }), creeping)).toBeNull();
  });

  test.each<[string, readonly Ended[], number | null]>([
    ["any gain counts without a tolerance", [5, 5, 4.999, 5, 5, 5], 6],
    ["an equal value is no gain", [5, 5, 5, 5], 4],
    ["failed trials are passed over", [5, "fail", "fail", "fail", 6, 6], null],
    ["pruned trials gain nothing", [5, "pruned", "pruned", "pruned"], 4],
    ["nothing is stagnant before a first value", ["pruned", "pruned", "pruned", "pruned", "fail"], null],
  ])("%s", (_, ended, expected) => {
    expect(stopsAfter(stagnation(3), ended)).toBe(expected);
  });

  test("maximizes, and asks each of several objectives", () => {
    expect(stopsAfter(stagnation(2), [1, 2, 3, 2, 2], ["maximize"])).toBe(5);
    expect(stopsAfter(stagnation(2), [1, 2, 3, 4, 5], ["maximize"])).toBeNull();
    const front = [
      [1, 1],
      [2, 2],
      [0.5, 0.5],
      [0, 0],
    ];
    expect(stopsAfter(stagnation(2), front, ["minimize", "maximize"])).toBeNull();
    expect(stopsAfter(stagnation(2), front, ["minimize", "minimize"])).toBeNull();
    expect(
      stopsAfter(
        stagnation(2),
        [
          [1, 1],
          [1, 0],
          [2, 1],
        ],
        ["minimize", "maximize"],
      ),
    ).toBe(3);
  });

  test("with one objective is the gain of the best value", () => {
    const property = fc.property(
      stoppingInputs,
      fc.integer({ min: 1, max: 6 }),
      fc.nat(3),
      (input, window, tolerance) => {
        const directions = input.directions.slice(0, 1);
        const sign = directions[0] === "maximize" ? -1 : 1;
        const told = input.history.filter(({ state }) => state !== "fail");
        const best = (part: readonly TrialRecord[]): number =>
          Math.min(...part.flatMap(({ values }) => (values === null ? [] : [sign * (values[0] as number)])));
        const cut = Math.max(0, told.length - window);
        const before = best(told.slice(0, cut));
        const stagnant = Number.isFinite(before) && before - best(told.slice(cut)) <= tolerance;
        const single = told.map((trial) => ({ ...trial, values: trial.values?.slice(0, 1) ?? null }));
        const reason = stagnation(window, { tolerance }).reasonToStop(stoppingInput({ directions, history: single }));
        expect(reason).toBe(stagnant ? "stagnation" : null);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });
});

describe("costBudget", () => {
  const costing = (costs: readonly unknown[]): TrialRecord[] =>
    costs.map((cost, number) =>
      bareTrial({ number, userAttrs: cost === undefined ? {} : { dollars: cost as number } }),
    );
  const verdict = (rule: StoppingRule, history: readonly TrialRecord[]): string | null =>
    rule.reasonToStop(stoppingInput({ history }));

  test("sums an attribute, absent ones as nothing", () => {
    expect(verdict(costBudget(6, "dollars"), costing([1, undefined, 4.5]))).toBeNull();
    expect(verdict(costBudget(6, "dollars"), costing([1, undefined, 4.5, 0.5]))).toBe("cost");
  });

  test("sums what a function says, of failed trials too", () => {
    const perTrial = costBudget(3, (trial) => (trial.state === "fail" ? 0.5 : 1));
    expect(verdict(perTrial, trials([1, "fail", "fail"]))).toBeNull();
    expect(verdict(perTrial, trials([1, "fail", "fail", 1]))).toBe("cost");
  });

  test.each([[-1], ["much"], [Number.NaN]])("refuses a trial's cost of %s", (cost) => {
    const message = /"cost of trial 1": expected a number >= 0, got/;
    expect(() => verdict(costBudget(3, "dollars"), costing([0, cost]))).toThrow(message);
  });
});

test("anyOf gives the first rule's reason, allOf all of them", () => {
  const [early, late] = [timeout(10), timeout(20)];
  const named = (reason: string, rule: StoppingRule): StoppingRule => ({
    reasonToStop: (input) => (rule.reasonToStop(input) === null ? null : reason),
  });
  const rules = [named("late", late), named("early", early)] as const;
  const at = (rule: StoppingRule, elapsed: number) => rule.reasonToStop(stoppingInput({ elapsed }));
  expect([5, 15, 25].map((elapsed) => at(anyOf(...rules), elapsed))).toEqual([null, "early", "late"]);
  expect([5, 15, 25].map((elapsed) => at(allOf(...rules), elapsed))).toEqual([null, null, "late and early"]);
});

test.each<[() => unknown, RegExp]>([
  [() => stagnation(0), /"trials": expected a whole number >= 1, got 0/],
  [() => stagnation(3, { tolerance: -1 }), /"tolerance": expected a number >= 0, got -1/],
  [() => costBudget(0, "dollars"), /"budget": expected a number > 0, got 0/],
  [() => costBudget(1, 3 as never), /"cost": expected an attribute's name or a function, got 3/],
  [() => anyOf(), /"anyOf": expected 1 or more stopping rules, got \[\]/],
  [() => allOf(patience(1), 3 as never), /"allOf"/],
])("refuses what is not a setting: %s", (make, message) => {
  expect(make).toThrow(message);
});
