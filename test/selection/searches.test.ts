import { describe, expect, test } from "vitest";
import { choice, float } from "../../src/core/space.ts";
import type { SearchRow } from "../../src/selection/search-result.ts";
import { createSearches, type ParamGrid } from "../../src/selection/searches.ts";
import { median } from "../../src/pruners/median.ts";
import { percentile } from "../../src/pruners/percentile.ts";
import { wilcoxon } from "../../src/pruners/wilcoxon.ts";
import { memory } from "../../src/storages/memory.ts";
import { testStudy } from "../support/study.ts";
import { thresholdClassifier } from "../support/threshold-classifier.ts";

const worker = new URL("../../build/js/selection/search-worker.js", import.meta.url);
const { gridSearch, randomSearch, bayesSearch } = createSearches({ createStudy: testStudy, worker });

// Forty points on a line, "b" from 0.5 on: a threshold t errs on the points between t and 0.5.
const X = Array.from({ length: 40 }, (_, i) => [i / 40]);
const y = X.map(([x]) => ((x as number) < 0.5 ? "a" : "b"));
const accuracyAt = (threshold: number): number =>
  X.filter(([x], i) => ((x as number) > threshold ? "b" : "a") === y[i]).length / 40;

describe("gridSearch", () => {
  test("tries every combination, first setting slowest, and refits the best", async () => {
    const estimator = thresholdClassifier();
    const lists: ParamGrid = { mode: ["works"], threshold: [0.1, 0.49, 0.7] };
    const { table, best, bestEstimator, study } = await gridSearch(estimator, lists, X, y, { seed: 1 });
    expect(table.map(({ params }) => params)).toEqual([
      { mode: "works", threshold: 0.1 },
      { mode: "works", threshold: 0.49 },
      { mode: "works", threshold: 0.7 },
    ]);
    for (const row of table) {
      expect(row.splits).toHaveLength(5);
      expect(row.mean).toBeCloseTo(accuracyAt(row.params.threshold as number), 12);
      expect(row.fitSeconds).toBeGreaterThanOrEqual(0);
    }
    expect(table.map(({ rank }) => rank)).toEqual([3, 1, 2]);
    expect(best.params.threshold).toBe(0.49);
    expect(bestEstimator?.predict([[0.2], [0.6]])).toEqual(["a", "b"]);
    expect(study.stopReason).toBe("exhausted");
    expect(estimator.fits.count).toBe(16);
  });

  test("equal means share a rank and the first of them is the best", async () => {
    const lists = { threshold: [0.1, 0.49, 0.48, 0.7] };
    const { table, best } = await gridSearch(thresholdClassifier(), lists, X, y, { seed: 1, refit: false });
    expect(table.map(({ rank }) => rank)).toEqual([4, 1, 1, 3]);
    expect(best.number).toBe(1);
  });

  test("a candidate whose fit throws fails alone, and comes last", async () => {
    const lists = { mode: ["throws", "works"], threshold: [0.3] };
    const { table, best } = await gridSearch(thresholdClassifier(), lists as ParamGrid, X, y, { seed: 1 });
    expect(table[0]).toMatchObject({ rank: 2, splits: [], failure: { name: "RangeError", message: "does not fit" } });
    expect(table[0]?.mean).toBeNaN();
    expect(best.number).toBe(1);
  });

  test("when every candidate fails, the first reason is said", async () => {
    const lists = { mode: ["throws"] } as ParamGrid;
    await expect(gridSearch(thresholdClassifier(), lists, X, y, { seed: 1 })).rejects.toThrow(
      /got none of 1; the first failed with RangeError: does not fit/,
    );
  });
});

describe("randomSearch and bayesSearch", () => {
  test("draw as many candidates as asked, from the space", async () => {
    const space = { threshold: float(0, 1), mode: choice(["works"]) };
    for (const run of [randomSearch, bayesSearch]) {
      const { table, study } = await run(thresholdClassifier(), space, X, y, { seed: 3, trials: 12 });
      expect(table).toHaveLength(12);
      expect(study.stopReason).toBe("trials");
      const best = Math.max(...table.map(({ mean }) => mean));
      expect(table.filter(({ rank }) => rank === 1).every(({ mean }) => mean === best)).toBe(true);
    }
  });

  test("are continued from a storage, and do only the rest", async () => {
    const storage = memory();
    const estimator = thresholdClassifier();
    const run = (trials: number): Promise<{ table: readonly SearchRow[]; study: { digest(): string } }> =>
      randomSearch(estimator, { threshold: float(0, 1) }, X, y, { name: "s", seed: 3, trials, storage, refit: false });
    await run(4);
    const { table } = await run(9);
    expect(table).toHaveLength(9);
    expect(estimator.fits.count).toBe(45);
    const whole = await randomSearch(estimator, { threshold: float(0, 1) }, X, y, { seed: 3, trials: 9 });
    expect(table.map(({ mean }) => mean)).toEqual(whole.table.map(({ mean }) => mean));
  });

  test("a pruner gives candidates up between folds", async () => {
    const pruner = percentile(10, { startupTrials: 3 });
    const { table } = await randomSearch(thresholdClassifier(), { threshold: float(0, 1) }, X, y, {
      seed: 3,
      trials: 20,
      pruner,
    });
    const pruned = table.filter(({ splits }) => splits.length < 5);
    expect(pruned.length).toBeGreaterThan(3);
    expect(pruned.every(({ mean, failure }) => Number.isNaN(mean) && failure === null)).toBe(true);
  });

  // Three folds that are all worse than the same folds of the best have p = 1/8.
  test.each([wilcoxon({ pThreshold: 0.2 }), median({ startupTrials: 3 })])(
    "$name prunes by fold and leaves the best candidate as it is",
    async (pruner) => {
      const options = { seed: 3, trials: 20, refit: false };
      const whole = await randomSearch(thresholdClassifier(), { threshold: float(0, 1) }, X, y, options);
      const saving = thresholdClassifier();
      const { table, best } = await randomSearch(saving, { threshold: float(0, 1) }, X, y, { ...options, pruner });
      const pruned = table.filter(({ splits }) => splits.length < 5);
      expect(pruned.length).toBeGreaterThan(3);
      expect(saving.fits.count).toBe(table.reduce((sum, { splits }) => sum + splits.length, 0));
      expect(best.params).toEqual(whole.best.params);
      // What was reported before the end is what the whole evaluation has at the same folds.
      for (const { number, splits } of table) {
        expect(splits).toEqual(whole.table[number]?.splits.slice(0, splits.length));
      }
    },
  );
});

describe("wrong calls", () => {
  const estimator = thresholdClassifier();
  const lists = { threshold: [0.1] };
  test.each([
    [
      "unequal lengths",
      () => gridSearch(estimator, lists, X, y.slice(1)),
      /"y": expected a label for each of X's 40 rows, got 39/,
    ],
    [
      "one class",
      () =>
        gridSearch(
          estimator,
          lists,
          X,
          X.map(() => "a"),
        ),
      /"y": expected at least two classes/,
    ],
    [
      "NaN",
      () => gridSearch(estimator, lists, [[Number.NaN], ...X.slice(1)], y),
      /"X": expected finite numbers, got NaN in row 0, column 0/,
    ],
    [
      "an unknown score",
      () => gridSearch(estimator, lists, X, y, { scoring: "acuracy" }),
      /expected one of .*"accuracy".* got "acuracy"/,
    ],
    ["too many folds", () => gridSearch(estimator, lists, X, y, { cv: 21 }), /21/],
    [
      "no list",
      () => gridSearch(estimator, { threshold: 0.1 } as never, X, y),
      /"threshold": expected a list of values, got 0.1/,
    ],
    [
      "an empty list",
      () => gridSearch(estimator, { threshold: [] }, X, y),
      /"threshold": expected at least one choice/,
    ],
    [
      "a scorer of one's own with workers",
      () =>
        gridSearch(estimator, lists, X, y, { workers: 2, scoring: { name: "own", needs: "labels", score: () => 1 } }),
      /"scoring": expected a score's name with workers/,
    ],
  ])("%s", async (_name, call, message) => {
    await expect(call()).rejects.toThrow(message);
  });
});
