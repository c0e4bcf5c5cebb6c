import { describe, expect, test } from "vitest";
import type { Json } from "../../src/core/json.ts";
import { iris } from "../../src/datasets/index.ts";
import { logisticRegression } from "../../src/models/logistic/logistic-regression.ts";
import { searchObjective } from "../../src/selection/search-objective.ts";
import type { SearchOptions } from "../../src/selection/search-options.ts";
import { forWorkers, searchTask } from "../../src/selection/search-plan.ts";
import objective, { setup } from "../../src/selection/search-worker.ts";
import type { LiveTrial } from "../../src/study/live-trial.ts";

const { X, y } = iris();

/** A trial that only listens, and what it heard; times left out, as they differ. */
function listener(): { readonly trial: LiveTrial; readonly heard: [string, unknown][] } {
  const heard: [string, unknown][] = [];
  const trial = {
    number: 3,
    seed: 5,
    signal: new AbortController().signal,
    report: (value: number, step: number) => void heard.push([String(step), value]),
    setUserAttr: (name: string, value: Json) => void (name.endsWith("Seconds") || heard.push([name, value])),
    shouldPrune: async () => false,
  } as unknown as LiveTrial;
  return { trial, heard };
}

describe("a search's worker says what the search itself says", () => {
  test.each<[string, SearchOptions, string | null]>([
    ["by default", {}, null],
    ["of several metrics by other names", { scoring: { right: "accuracy", loss: "negLogLoss" }, refit: "loss" }, null],
    ["with train scores, folds and a score for errors", { trainScore: true, cv: 3, errorScore: -1 }, null],
    ["of samples", { scoring: "f1Macro" }, "samples"],
    ["of a setting", {}, "maxIterations"],
  ])("%s", async (_, options, resource) => {
    const task = { ...searchTask(logisticRegression({ maxIterations: 200 }), X, y, options), resource };
    const params = resource === null ? { C: 0.1 } : { C: 0.1, resources: 60 };
    const here = listener();
    const there = listener();
    const value = await searchObjective(task, { now: () => 0 })(params, here.trial);
    setup(structuredClone(forWorkers(task)));
    expect(await objective(params, there.trial)).toBe(value);
    expect(there.heard).toEqual(here.heard);
    expect(here.heard.length).toBeGreaterThanOrEqual(task.data.folds.length);
  });

  test.each<[string, SearchOptions]>([
    ["a function", { scoring: () => 1 }],
    ["one among names", { scoring: ["accuracy", { name: "own", needs: "labels", score: () => 1 }] }],
    ["one by a known name", { scoring: { name: "accuracy", needs: "labels", score: () => 1 } }],
  ])("but cannot be sent %s", (_, options) => {
    expect(() => forWorkers(searchTask(logisticRegression(), X, y, options))).toThrow(
      `"scoring": expected a score's name with workers, as functions cannot be sent to them, got `,
    );
  });
});
