import { describe, expect, test } from "vitest";
import { float } from "../../src/core/space.ts";
import { breastCancer } from "../../src/datasets/index.ts";
import { accuracy } from "../../src/metrics/index.ts";
import { kNeighborsRegressor } from "../../src/models/index.ts";
import { crossValidate } from "../../src/selection/cross-validate.ts";
import { createSearches } from "../../src/selection/searches.ts";
import { memory } from "../../src/storages/memory.ts";
import { ruleRegressor } from "../support/rule-regressor.ts";
import { testStudy } from "../support/study.ts";
import { vectors } from "../support/vectors.ts";

const { gridSearch, bayesSearch } = createSearches({ createStudy: testStudy, worker: new URL("file:///none") });

interface Sides {
  readonly test: readonly (readonly number[])[];
  readonly train: readonly (readonly number[])[];
}

interface Golden {
  readonly k: readonly number[];
  readonly best: number;
  readonly rank: readonly number[];
  readonly r2: Sides;
  readonly neg_mean_absolute_error: Sides;
}

// y is twice the feature.
const X = Array.from({ length: 20 }, (_, i) => [i]);
const y = X.map(([x]) => 2 * (x as number));
const squares = (list: readonly number[]): number => list.reduce((sum, value) => sum + value * value, 0);

describe("regressors", () => {
  test("are cross-validated on five folds of neighbors, by the coefficient of determination", () => {
    const estimator = ruleRegressor({ slope: 1.5, steps: Number.POSITIVE_INFINITY, mode: "works" });
    const { scores } = crossValidate(estimator, X, y);
    expect(estimator.fits.map(({ X }) => X.rows)).toEqual([16, 16, 16, 16, 16]);
    expect([...(estimator.fits[0]?.X.data ?? [])]).toEqual(X.slice(4).map(([x]) => x));
    expect(estimator.fits[0]?.y).toEqual(Float64Array.from(y.slice(4)));
    const expected = [0, 4, 8, 12, 16].map((start) => {
      const rows = [0, 1, 2, 3].map((i) => start + i);
      // 2 x is missed by x / 2; the sum of squares around the mean of 2 x is 4 * 5.
      return 1 - squares(rows.map((x) => x / 2)) / 20;
    });
    scores.forEach((score, k) => expect(score).toBeCloseTo(expected[k] as number, 12));
  });

  test("take values in any list, and classes' numbers are just numbers", () => {
    const same = X.map(() => 3);
    expect(crossValidate(ruleRegressor(), X, Float32Array.from(same), { scoring: "negMeanSquaredError" }).mean).toBe(
      crossValidate(ruleRegressor(), X, same, { scoring: "negMeanSquaredError" }).mean,
    );
  });

  test("are searched, and the best is trained on all", async () => {
    const { table, best, bestEstimator, metrics } = await gridSearch(
      ruleRegressor(),
      { slope: [1, 2, 3], steps: [1e9] },
      X,
      y,
      { seed: 1 },
    );
    expect(metrics).toEqual(["r2"]);
    expect(best.params).toEqual({ slope: 2, steps: 1e9 });
    // Predictions lie a little low, so that 3 x misses by less than x does.
    expect(table.map(({ rank }) => rank)).toEqual([3, 1, 2]);
    expect(bestEstimator?.predict([[7]])[0]).toBeCloseTo(14, 6);
    const bayes = await bayesSearch(ruleRegressor(), { slope: float(0, 4) }, X, y, { seed: 1, trials: 25 });
    expect(bayes.best.params["slope"]).toBeCloseTo(2, 1);
  });

  test("are a search of their values: one continued with others is refused", async () => {
    const storage = memory();
    const run = (values: readonly number[]) =>
      gridSearch(ruleRegressor(), { slope: [1, 2] }, X, values, { name: "s", storage, seed: 1 });
    await run(y);
    await run(y);
    await expect(run(y.with(5, 10.0000001))).rejects.toThrow(
      'study "s": expected the same X, y and folds as before, got others',
    );
  });

  // A nucleus' mean area from its texture, smoothness, compactness, concavity and symmetry.
  test("have scikit-learn's scores: nearest neighbors by two metrics, on both sides of the folds", async () => {
    const golden = vectors<{ regression: Golden }>("selection.json").regression;
    const { data, rows: n, cols } = breastCancer().X;
    const rows = Array.from({ length: n }, (_, i) => [1, 4, 5, 6, 8].map((j) => data[cols * i + j] as number));
    const areas = Array.from({ length: n }, (_, i) => data[cols * i + 3] as number);
    const { table, best } = await gridSearch(kNeighborsRegressor(), { k: golden.k }, rows, areas, {
      scoring: ["r2", "negMeanAbsoluteError"],
      refit: "negMeanAbsoluteError",
      trainScore: true,
    });
    expect(best.params["k"]).toBe(golden.best);
    expect(table.map(({ metrics }) => metrics["r2"]?.rank)).toEqual(golden.rank);
    table.forEach(({ metrics }, i) => {
      for (const [name, { test, train }] of [
        ["r2", golden.r2],
        ["negMeanAbsoluteError", golden.neg_mean_absolute_error],
      ] as const) {
        metrics[name]?.splits.forEach((score, k) => expect(score).toBeCloseTo(test[i]?.[k] as number, 10));
        metrics[name]?.trainSplits?.forEach((score, k) => expect(score).toBeCloseTo(train[i]?.[k] as number, 10));
        expect(metrics[name]?.trainSplits).toHaveLength(5);
      }
    });
  });

  test.each<[string, ArrayLike<number>, object, string]>([
    ["text", X.map(() => "a") as never, {}, '"y": expected finite numbers for a regressor, got "a" at position 0'],
    ["NaN", y.with(3, Number.NaN), {}, '"y": expected finite numbers for a regressor, got NaN at position 3'],
    ["too few", y.slice(1), {}, `"y": expected a number for each of X's 20 rows, got 19`],
    ["nothing", undefined as never, {}, `"y": expected a number for each of X's 20 rows, got undefined`],
    [
      "a score of classes",
      y,
      { scoring: { name: "accuracy", needs: "labels", score: accuracy } },
      '"scoring": expected a score of numbers for a regressor, got "accuracy", a score of classes',
    ],
    ["too many folds", y, { cv: 21 }, '"splits": expected at most one fold a sample, 20, got 21'],
  ])("refuse %s", (_, values, options, message) => {
    expect(() => crossValidate(ruleRegressor(), X, values, options)).toThrow(
      expect.objectContaining({ name: "VernierError", message }),
    );
  });
});
