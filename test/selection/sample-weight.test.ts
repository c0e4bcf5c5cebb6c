import { describe, expect, test } from "vitest";
import { crossValidate } from "../../src/selection/cross-validate.ts";
import { crossValPredict } from "../../src/selection/cross-val-predict.ts";
import { createSearches } from "../../src/selection/searches.ts";
import { memory } from "../../src/storages/memory.ts";
import { ruleRegressor } from "../support/rule-regressor.ts";
import { testStudy } from "../support/study.ts";

const searches = createSearches({ createStudy: testStudy, worker: new URL("file:///none") });

const X = [[0], [1], [2], [3], [4], [5]];
const y = [0, 1, 2, 3, 4, 5];
const sampleWeight = [1, 2, 3, 4, 5, 6];
// Predicts the weighted mean.
const mean = () => ruleRegressor({ slope: 0, steps: Number.POSITIVE_INFINITY, mode: "works" });

describe("sample weights", () => {
  test("go to each fold's fit, and scores count all alike", () => {
    const estimator = mean();
    const options = { cv: 2, sampleWeight, scoring: "negMeanSquaredError" };
    const { scores } = crossValidate(estimator, X, y, options);
    expect(estimator.fits.map(({ weights }) => weights)).toEqual([
      [4, 5, 6],
      [1, 2, 3],
    ]);
    const predicted = [(4 * 3 + 5 * 4 + 6 * 5) / 15, (2 + 3 * 2) / 6];
    const error = (center: number, values: number[]): number =>
      values.reduce((sum, value) => sum + (value - center) ** 2 / 3, 0);
    expect(scores[0]).toBeCloseTo(-error(predicted[0] as number, [0, 1, 2]), 12);
    expect(scores[1]).toBeCloseTo(-error(predicted[1] as number, [3, 4, 5]), 12);
    expect(crossValPredict(mean(), X, y, options)[5]).toBeCloseTo(predicted[1] as number, 12);
  });

  test("go to the fits of searches and the last one, too", async () => {
    const estimator = mean();
    const { bestEstimator } = await searches.gridSearch(estimator, { slope: [0] }, X, y, { cv: 2, sampleWeight });
    expect(estimator.fits.map(({ weights }) => weights?.length)).toEqual([3, 3, 6]);
    expect(bestEstimator?.predict([[9]])[0]).toBeCloseTo(70 / 21, 12);
    const halved = mean();
    await searches.halvingGridSearch(halved, { slope: [0, 1] }, X, y, {
      cv: 2,
      sampleWeight,
      minResources: 2,
      factor: 2,
      refit: false,
    });
    for (const { X, weights } of halved.fits) {
      expect(weights).toEqual(Array.from(X.data, (x) => sampleWeight[x]));
    }
    expect(halved.fits[0]?.weights).toHaveLength(1);
  });

  test("are part of what is searched", async () => {
    const storage = memory();
    const run = (sampleWeight?: number[]) =>
      searches.gridSearch(mean(), { slope: [0] }, X, y, {
        cv: 2,
        name: "s",
        storage,
        seed: 1,
        ...(sampleWeight === undefined ? {} : { sampleWeight }),
      });
    await run(sampleWeight);
    await expect(run()).rejects.toThrow("expected the same X, y and folds as before");
  });

  test.each([
    ["too few", [1, 2], '"sampleWeight": expected 6 numbers, one for each row of X, got 2'],
    ["negative ones", [1, 1, -1, 1, 1, 1], '"sampleWeight": expected numbers >= 0, got -1 at position 2'],
    ["none", [0, 0, 0, 0, 0, 0], '"sampleWeight": expected at least one weight > 0, got only 0'],
  ])("refuse %s", (_, sampleWeight, message) => {
    expect(() => crossValidate(mean(), X, y, { cv: 2, sampleWeight })).toThrow(message);
  });
});
