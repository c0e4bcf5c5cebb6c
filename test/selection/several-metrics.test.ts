import { describe, expect, test } from "vitest";
import { float } from "../../src/core/space.ts";
import { accuracy, balancedAccuracy, f1, scorerNamed } from "../../src/metrics/index.ts";
import { crossValidate } from "../../src/selection/cross-validate.ts";
import type { SearchOptions } from "../../src/selection/search-options.ts";
import { createSearches } from "../../src/selection/searches.ts";
import { memory } from "../../src/storages/memory.ts";
import { testStudy } from "../support/study.ts";
import { thresholdClassifier } from "../support/threshold-classifier.ts";

const { gridSearch, randomSearch } = createSearches({ createStudy: testStudy, worker: new URL("file:///none") });

// Forty points on a line, "b" from 0.75 on.
const X = Array.from({ length: 40 }, (_, i) => [i / 40]);
const y = X.map(([x]) => ((x as number) < 0.75 ? "a" : "b"));
const at = (threshold: number) => thresholdClassifier({ threshold, mode: "works" });

describe("several metrics", () => {
  const scoring = ["accuracy", "balancedAccuracy"];

  test("of a cross-validation, the first in front, are those of one each", () => {
    const both = crossValidate(at(0.4), X, y, { scoring, trainScore: true });
    for (const name of scoring) {
      const { scores, mean, std } = crossValidate(at(0.4), X, y, { scoring: name });
      expect(both.metrics[name]).toMatchObject({ scores, mean, std });
    }
    expect(both.mean).toBe(both.metrics["accuracy"]?.mean);
    // The rule does not learn: each training side is the other four test sides.
    both.metrics["accuracy"]?.trainScores?.forEach((score, k) =>
      expect(score).toBeCloseTo((5 * both.mean - (both.scores[k] as number)) / 4, 12),
    );
    expect(crossValidate(at(0.4), X, y)).not.toHaveProperty("trainScores");
  });

  test("of a search stand in the table; the first decides, or the one that refit names", async () => {
    const lists = { threshold: [0.9, 0.5, 0.6] };
    const run = (options: SearchOptions) => gridSearch(at(0), lists, X, y, { seed: 1, scoring, ...options });
    const first = await run({});
    const other = await run({ refit: "balancedAccuracy" });
    expect(first.metrics).toEqual(["accuracy", "balancedAccuracy"]);
    expect(other.metrics).toEqual(["balancedAccuracy", "accuracy"]);
    // Missing 7 of 10 "b" costs less accuracy than 9 of 30 "a", and more balance.
    expect(first.table.map(({ rank }) => rank)).toEqual([2, 3, 1]);
    expect(first.table.map(({ metrics }) => metrics["balancedAccuracy"]?.rank)).toEqual([3, 2, 1]);
    expect(other.table.map(({ rank }) => rank)).toEqual([3, 2, 1]);
    for (const [i, row] of first.table.entries()) {
      expect(row.metrics).toEqual(other.table[i]?.metrics);
      expect(row.metrics["accuracy"]).toEqual({ splits: row.splits, mean: row.mean, std: row.std, rank: row.rank });
      const { metrics } = crossValidate(at(lists.threshold[i] as number), X, y, { scoring });
      for (const name of scoring) expect(row.metrics[name]?.splits).toEqual(metrics[name]?.scores);
    }
    expect(first.study.trials[0]?.userAttrs["scores"]).toEqual({
      balancedAccuracy: first.table[0]?.metrics["balancedAccuracy"]?.splits,
    });
  });

  test("predict once a fold", () => {
    let predictions = 0;
    const base = at(0.4);
    const counting = {
      ...base,
      fit: (...data: Parameters<typeof base.fit>) => {
        const model = base.fit(...data);
        return { ...model, predict: (rows: never) => (predictions++, model.predict(rows)) };
      },
    };
    crossValidate(counting, X, y, { scoring: ["accuracy", "f1Macro", "recallMacro"], cv: 3 });
    expect(predictions).toBe(3);
  });

  test("are names, scorers and functions, by names of one's own if wanted", () => {
    const own = (model: { predict(X: never): unknown }, X: unknown, y: ArrayLike<unknown>): number =>
      accuracy(y as string[], model.predict(X as never) as string[]) - 1;
    const { metrics, scores } = crossValidate(at(0.4), X, y, {
      scoring: {
        right: "accuracy",
        even: scorerNamed("balancedAccuracy"),
        errors: own,
        f: { name: "f1 of b", needs: "labels", score: (yTrue, yPred) => f1(yTrue, yPred, { average: "macro" }) },
      },
    });
    expect(Object.keys(metrics)).toEqual(["right", "even", "errors", "f"]);
    expect(metrics["errors"]?.scores).toEqual(scores.map((score) => score - 1));
    expect(metrics["even"]?.scores).toEqual(crossValidate(at(0.4), X, y, { scoring: "balancedAccuracy" }).scores);
    expect(Object.keys(crossValidate(at(0.4), X, y, { scoring: [own, () => 1] }).metrics)).toEqual(["own", "score"]);
  });

  test("are part of what is searched", async () => {
    const storage = memory();
    const run = (options: SearchOptions) =>
      randomSearch(at(0), { threshold: float(0, 1) }, X, y, { name: "s", seed: 1, storage, trials: 2, ...options });
    await run({ scoring });
    await run({ scoring: { accuracy: "accuracy", balancedAccuracy: "balancedAccuracy" }, trials: 3 });
    const differs = (got: string): string =>
      `study "s": expected the same scoring as before, ["accuracy","balancedAccuracy"], got ${got}`;
    await expect(run({ scoring: "accuracy" })).rejects.toThrow(differs('"accuracy"'));
    await expect(run({ scoring, refit: "balancedAccuracy" })).rejects.toThrow(
      differs('["balancedAccuracy","accuracy"]'),
    );
    await expect(run({ scoring: { accuracy: "f1Macro", balancedAccuracy } as never })).rejects.toThrow(
      differs('["accuracy=f1Macro","balancedAccuracy"]'),
    );
  });

  test.each<[string, object, string]>([
    ["an unknown one among them", { scoring: ["accuracy", "acuracy"] }, 'got "acuracy"'],
    ["none", { scoring: [] }, '"scoring": expected at least one score, got []'],
    ["one twice", { scoring: ["accuracy", "accuracy"] }, '"scoring": expected different names, got accuracy twice'],
    ["a number", { scoring: 3 }, '"scoring": expected a score\'s name, a scorer or a function, got 3'],
    [
      "refit by none of them",
      { scoring: ["accuracy"], refit: "f1" },
      '"refit": expected one of true, false, "accuracy", got "f1"',
    ],
    ["an errorScore that is none", { errorScore: Number.NaN }, '"errorScore": expected a finite number or "raise"'],
  ])("refuse %s", async (_, options, message) => {
    await expect(gridSearch(at(0), { threshold: [1] }, X, y, options)).rejects.toThrow(message);
  });
});

describe("a fold that throws", () => {
  const lists = { mode: ["works", "throws"], threshold: [0.6] };
  const run = (options: SearchOptions) => gridSearch(at(0), lists as never, X, y, { seed: 1, ...options });

  test("scores errorScore, which can be part of what a candidate is worth", async () => {
    const { table, best } = await run({
      errorScore: 2,
      scoring: ["accuracy", "f1Macro"],
      trainScore: true,
      refit: false,
    });
    expect(best.number).toBe(1);
    expect(table[1]).toMatchObject({ splits: [2, 2, 2, 2, 2], mean: 2, std: 0, failure: null });
    expect(table[1]?.metrics["f1Macro"]).toMatchObject({ mean: 2, trainSplits: [2, 2, 2, 2, 2] });
    expect(table[1]?.errors).toEqual([0, 1, 2, 3, 4].map((fold) => ({ fold, message: "RangeError: does not fit" })));
    expect(table[0]?.errors).toEqual([]);
  });

  test("ends the search with errorScore raise, and fails the candidate otherwise", async () => {
    await expect(run({ errorScore: "raise" })).rejects.toThrow(
      "candidate 1: expected a score, got RangeError: does not fit",
    );
    const { table } = await run({});
    expect(table[1]?.failure?.name).toBe("RangeError");
  });

  test("of a cross-validation throws, or scores errorScore", () => {
    const failing = thresholdClassifier({ threshold: 0, mode: "throws" });
    expect(() => crossValidate(failing, X, y)).toThrow("does not fit");
    expect(crossValidate(failing, X, y, { errorScore: -1, cv: 2 }).scores).toEqual([-1, -1]);
  });

  test("and another errorScore is another search", async () => {
    const storage = memory();
    await run({ errorScore: 0, name: "s", storage });
    await expect(run({ name: "s", storage })).rejects.toThrow(
      'study "s": expected the same errorScore as before, 0, got none',
    );
  });
});

// Sorted labels: neighbors' folds leave training sides without a class.
test("a class that a training side lacks is never right there, and has no probability", () => {
  const model = thresholdClassifier({ threshold: 0.7, mode: "works" });
  const cv = [{ train: [0, 1, 2], test: [38, 39] }];
  expect(crossValidate(model, X, y, { cv }).scores).toEqual([1]);
});
