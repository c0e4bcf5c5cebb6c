import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choice, type Space } from "../../src/core/space.ts";
import { planHalving } from "../../src/selection/halving-plan.ts";
import { halvingRungs } from "../../src/selection/halving-rungs.ts";
import { searchTask } from "../../src/selection/search-plan.ts";
import { ruleRegressor } from "../support/rule-regressor.ts";
import { thresholdClassifier } from "../support/threshold-classifier.ts";
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly kind: "grid" | "random";
  readonly n: number;
  readonly classes: number;
  readonly candidates: number | "exhaust";
  readonly splits: number;
  readonly factor: number;
  readonly min_resources: number | "exhaust" | "smallest";
  readonly max_resources?: number | "auto";
  readonly aggressive_elimination?: boolean;
  readonly resource?: string;
  readonly n_candidates: readonly number[];
  readonly n_resources: readonly number[];
}

const cases = vectors<{ rungs: readonly Case[] }>("selection.json").rungs;

describe("the rungs of scikit-learn's successive halving", () => {
  test.each(["grid", "random"])("%s", (kind) => {
    const ours = cases.filter((one) => one.kind === kind);
    expect(ours.length).toBeGreaterThan(20);
    for (const one of ours) {
      const X = Array.from({ length: one.n }, (_, i) => [i]);
      const y = X.map((_, i) => i % one.classes);
      const estimator = one.resource === undefined ? thresholdClassifier() : stepped;
      const task = searchTask(estimator, X, y, { cv: one.splits });
      const space: Space =
        kind === "grid" ? { a: choice(Array.from({ length: one.candidates as number }, (_, i) => i)) } : {};
      const { rungs } = planHalving(task, space, kind === "grid" ? null : one.candidates, {
        factor: one.factor,
        minResources: one.min_resources,
        aggressiveElimination: one.aggressive_elimination ?? false,
        ...(one.resource === undefined ? {} : { resource: one.resource }),
        ...(typeof one.max_resources === "number" ? { maxResources: one.max_resources } : {}),
      });
      expect({ ...one, n_candidates: rungs.map(({ candidates }) => candidates) }).toEqual(one);
      expect({ ...one, n_resources: rungs.map(({ resources }) => resources) }).toEqual(one);
    }
  });

  const stepped = { ...thresholdClassifier(), params: { threshold: 0, mode: "works", steps: 1 } } as never;
});

test("rungs fit: fewer candidates, more resources, none beyond what there is", () => {
  const inputs = fc.record({
    candidates: fc.integer({ min: 1, max: 2000 }),
    minResources: fc.integer({ min: 1, max: 50 }),
    maxResources: fc.integer({ min: 50, max: 5000 }),
    factor: fc.oneof(fc.integer({ min: 2, max: 10 }), fc.double({ min: 1.25, max: 6, noNaN: true })),
    exhaust: fc.boolean(),
    aggressiveElimination: fc.boolean(),
  });
  fc.assert(
    fc.property(inputs, (input) => {
      const rungs = halvingRungs(input);
      expect(rungs[0]?.candidates).toBe(input.candidates);
      rungs.forEach(({ iteration, candidates, resources }, i) => {
        expect(iteration).toBe(i);
        expect(resources).toBeGreaterThanOrEqual(input.minResources);
        expect(resources).toBeLessThanOrEqual(input.maxResources);
        const before = rungs[i - 1];
        if (before === undefined) return;
        expect(candidates).toBe(Math.ceil(before.candidates / input.factor));
        expect(resources).toBeGreaterThanOrEqual(before.resources);
        expect(Number.isInteger(resources)).toBe(true);
      });
      const ends = input.aggressiveElimination && Number.isInteger(input.factor);
      expect(ends && (rungs.at(-1)?.candidates as number) > input.factor).toBe(false);
    }),
  );
});

// In floating point log(243) / log(3) lies below 5.
test("a power of the factor has its whole number of rungs", () => {
  const options = { minResources: 1, maxResources: 243, factor: 3, exhaust: false, aggressiveElimination: false };
  expect(halvingRungs({ ...options, candidates: 243 }).map(({ candidates }) => candidates)).toEqual([
    243, 81, 27, 9, 3, 1,
  ]);
});

describe("halving refuses", () => {
  const X = Array.from({ length: 40 }, (_, i) => [i]);
  const y = X.map((_, i) => (i % 2 === 0 ? "a" : "b"));
  const task = searchTask(thresholdClassifier(), X, y, {});
  const space = { threshold: choice([1, 2, 3]) };
  const plan = (options: object, candidates: number | "exhaust" | null = null, on: Space = space, of = task) =>
    planHalving(of, on, candidates, { minResources: "smallest", ...options });

  test.each<[string, () => unknown, string]>([
    ["a factor of 1", () => plan({ factor: 1 }), '"factor": expected a number > 1, got 1'],
    [
      "an unknown resource",
      () => plan({ resource: "trees" }),
      '"resource": expected one of "samples", "threshold", "mode", got "trees"',
    ],
    [
      "a setting without a most",
      () => plan({ resource: "threshold" }, null, {}),
      '"maxResources": expected the greatest "threshold" to try, got undefined',
    ],
    [
      "a resource that is searched",
      () => plan({ resource: "threshold", maxResources: 9 }),
      '"threshold": expected no parameter that is the resource, got one',
    ],
    [
      "a resource that is searched in a branch",
      () => plan({ resource: "threshold", maxResources: 9 }, 3, { mode: choice({ works: { threshold: 1 } }) }),
      '"mode.works.threshold": expected no parameter that is the resource, got one',
    ],
    [
      "more samples than there are",
      () => plan({ maxResources: 41 }),
      '"maxResources": expected a whole number from 1 to 40, got 41',
    ],
    [
      "more at first than at last",
      () => plan({ minResources: 30, maxResources: 20 }),
      '"minResources": expected at most maxResources, 20, got 30',
    ],
    [
      "too few samples for the classes",
      () => plan({ minResources: 2 }),
      '"minResources": expected samples enough for 2 training rows in fold 0, got 2, which leave 1',
    ],
    [
      "words that are none",
      () => plan({ minResources: "least" }),
      '"minResources": expected one of "smallest", "exhaust", got "least"',
    ],
    [
      "both exhausting",
      () => plan({ minResources: "exhaust" }, "exhaust"),
      '"minResources": expected a number or "smallest" with nCandidates "exhaust", got "exhaust"',
    ],
    ["no candidates", () => plan({}, 0), '"nCandidates": expected a whole number >= 1, got 0'],
    [
      "the parameter's own name",
      () => plan({}, 3, { resources: 1 }),
      '"resources": expected another name, which is kept for what a candidate gets, got it',
    ],
    [
      "fewer samples than the least",
      () => plan({}, 3, {}, searchTask(ruleRegressor(), X.slice(0, 8), [1, 2, 3, 4, 5, 6, 7, 8], {})),
      '"minResources": expected at most maxResources, 8, got 10',
    ],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });
});
