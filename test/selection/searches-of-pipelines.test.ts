import { describe, expect, test } from "vitest";
import { iris } from "../../src/datasets/index.ts";
import { logisticRegression, svc } from "../../src/models/index.ts";
import { oneHotEncoder, pipeline, standardScaler } from "../../src/preprocessing/index.ts";
import { crossValidate } from "../../src/selection/cross-validate.ts";
import { crossValPredict } from "../../src/selection/cross-val-predict.ts";
import { learningCurve } from "../../src/selection/learning-curve.ts";
import { nestedCrossValidate } from "../../src/selection/nested-cross-validate.ts";
import { createSearches } from "../../src/selection/searches.ts";
import { validationCurve } from "../../src/selection/validation-curve.ts";
import { testStudy } from "../support/study.ts";

const searches = createSearches({ createStudy: testStudy, worker: new URL("file:///none") });
const { X, y } = iris();
const words = { word: y.map((label, i) => (i % 10 === 0 ? null : label)) };
const scaled = pipeline([standardScaler(), logisticRegression()]);

describe("pipelines", () => {
  test("are halved by samples, and by a step's setting", async () => {
    const candidates = { logisticRegression: { C: [0.01, 1, 100] } };
    const { best, table } = await searches.halvingGridSearch(scaled, candidates, X, y, { seed: 1 });
    expect(table).toHaveLength(4);
    const C = best.params["logisticRegression.C"] as number;
    const { bestEstimator, rungs } = await searches.halvingGridSearch(scaled, candidates, X, y, {
      seed: 1,
      resource: "logisticRegression.maxIterations",
      minResources: 20,
      maxResources: 300,
    });
    expect(rungs.map(({ resources }) => resources)).toEqual([20, 60]);
    expect(bestEstimator?.predict([[5, 3.5, 1.4, 0.2]])).toEqual(["setosa"]);
    expect(C).toBeGreaterThan(0.01);
    await expect(
      searches.halvingGridSearch(scaled, { logisticRegression: { maxIterations: [1] } }, X, y, {
        resource: "logisticRegression.maxIterations",
        maxResources: 9,
      }),
    ).rejects.toThrow('"logisticRegression.maxIterations": expected no parameter that is the resource, got one');
  });

  test("are tuned over the spaces of their steps", async () => {
    const { table } = await searches.tune(pipeline([standardScaler(), svc()]), X, y, { seed: 1, trials: 4, cv: 3 });
    for (const { params } of table)
      expect(Object.keys(params)).toEqual(expect.arrayContaining(["svc.C", "svc.kernel"]));
  });

  test("take tables everywhere", async () => {
    const encoded = pipeline([oneHotEncoder(), logisticRegression()]);
    const { mean } = crossValidate(encoded, words, y);
    const predicted = crossValPredict(encoded, words, y);
    expect(predicted.filter((label, i) => label === y[i]).length / 150).toBeCloseTo(mean, 12);
    const curve = learningCurve(encoded, words, y, { trainSizes: [0.5, 1] });
    expect(curve[1]?.testMean).toBe(mean);
    expect(validationCurve(encoded, "logisticRegression.C", [1], words, y)[0]?.testMean).toBe(mean);
    const candidates = { logisticRegression: { C: [0.1, 1] } };
    const halved = await searches.halvingGridSearch(encoded, candidates, words, y, { seed: 1, factor: 2 });
    expect(halved.best.iteration).toBe(1);
    const search = { search: searches.gridSearch, estimator: encoded, candidates, options: { cv: 2, seed: 1 } };
    expect((await nestedCrossValidate(search, words, y, { outer: 3 })).mean).toBeGreaterThan(0.8);
  });
});
