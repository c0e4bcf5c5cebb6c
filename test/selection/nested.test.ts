import { describe, expect, test } from "vitest";
import { float } from "../../src/core/space.ts";
import { toMatrix } from "../../src/core/matrix.ts";
import { iris } from "../../src/datasets/index.ts";
import { svc } from "../../src/models/svm/svc.ts";
import { crossValidate } from "../../src/selection/cross-validate.ts";
import { nestedCrossValidate } from "../../src/selection/nested-cross-validate.ts";
import { createSearches } from "../../src/selection/searches.ts";
import { stratifiedKFold } from "../../src/selection/stratified-k-fold.ts";
import { memory } from "../../src/storages/memory.ts";
import { ruleRegressor } from "../support/rule-regressor.ts";
import { testStudy } from "../support/study.ts";
import { thresholdClassifier } from "../support/threshold-classifier.ts";

const searches = createSearches({ createStudy: testStudy, worker: new URL("file:///none") });
const { X, y } = iris();

describe("nestedCrossValidate", () => {
  test("scores what each outer training side's search found on the other side", async () => {
    const candidates = { C: [0.01, 1, 100], kernel: ["linear"] };
    const options = { cv: 3, scoring: ["accuracy", "f1Macro"], seed: 1 };
    const search = { search: searches.gridSearch, estimator: svc(), candidates, options };
    const outer = stratifiedKFold({ splits: 4 });
    const nested = await nestedCrossValidate(search, X, y, { outer });
    const matrix = toMatrix(X);
    for (const [k, fold] of outer.split(y).entries()) {
      const rows = Array.from(fold.train, (row) => matrix.data.slice(4 * row, 4 * row + 4));
      const labels = Array.from(fold.train, (row) => y[row] as string);
      const inner = await searches.gridSearch(svc(), candidates, rows, labels, options);
      expect(nested.searches[k]?.table.map(({ splits }) => splits)).toEqual(inner.table.map(({ splits }) => splits));
      const best = svc().with(inner.best.params);
      const { metrics } = crossValidate(best, X, y, { cv: [fold], scoring: ["accuracy", "f1Macro"] });
      expect([nested.scores[k], nested.metrics["f1Macro"]?.scores[k]]).toEqual([
        metrics["accuracy"]?.mean,
        metrics["f1Macro"]?.mean,
      ]);
    }
    expect(nested.mean).toBeGreaterThan(0.9);
    expect(nested.metrics["accuracy"]?.std).toBe(nested.std);
  });

  test("gives each outer fold a study of its own, continued by name", async () => {
    const storage = memory();
    const fits = { count: 0 };
    const points = Array.from({ length: 40 }, (_, i) => [i / 40]);
    const labels = points.map(([x]) => ((x as number) < 0.5 ? "a" : "b"));
    const run = (trials: number) =>
      nestedCrossValidate(
        {
          search: searches.randomSearch,
          estimator: thresholdClassifier({ threshold: 0, mode: "works" }, fits),
          candidates: { threshold: float(0, 1) },
          options: { cv: 2, name: "s", storage, seed: 1, trials },
        },
        points,
        labels,
        { outer: 2 },
      );
    const { searches: found } = await run(3);
    expect(found.map(({ study }) => study.name)).toEqual(["s/outer-0", "s/outer-1"]);
    expect(fits.count).toBe(2 * (3 * 2 + 1));
    const after = await run(5);
    expect(after.searches.map(({ table }) => table.length)).toEqual([5, 5]);
    expect(fits.count).toBe(2 * (3 * 2 + 1) + 2 * (2 * 2 + 1));
  });

  test("takes halving, regressors and weights", async () => {
    const rows = Array.from({ length: 30 }, (_, i) => [i % 6]);
    const values = rows.map(([x]) => 2 * (x as number));
    const weights = rows.map((_, i) => i + 1);
    const estimator = ruleRegressor();
    const { searches: found, mean } = await nestedCrossValidate(
      {
        search: searches.halvingGridSearch,
        estimator,
        candidates: { slope: [1, 2, 3] },
        options: { cv: 2, sampleWeight: weights, resource: "steps", maxResources: 1000 },
      },
      rows,
      values,
      { outer: 3 },
    );
    expect(found.map(({ rungs }) => rungs.length)).toEqual([2, 2, 2]);
    expect(found.map(({ best }) => best.params)).toEqual([{ slope: 2 }, { slope: 2 }, { slope: 2 }]);
    expect(mean).toBeGreaterThan(0.999);
    expect(estimator.fits.at(-1)?.weights).toEqual(weights.slice(0, 20));
  });

  test("needs what the search trained", async () => {
    const search = { search: searches.gridSearch, estimator: svc(), candidates: { C: [1] }, options: { refit: false } };
    await expect(nestedCrossValidate(search, X, y)).rejects.toThrow(
      '"refit": expected a search that trains its best, got false',
    );
  });
});

describe("tune", () => {
  test("searches the usual space, fifty candidates unless told otherwise", async () => {
    const { table, best, bestEstimator } = await searches.tune(svc, X, y, { seed: 1, trials: 6, cv: 3 });
    expect(table).toHaveLength(6);
    for (const { params } of table) expect(Object.keys(params)).toEqual(expect.arrayContaining(["C", "kernel"]));
    expect(best.mean).toBeGreaterThan(0.9);
    expect(bestEstimator?.predict([[5, 3.5, 1.4, 0.2]])).toEqual(["setosa"]);
    const same = await searches.bayesSearch(svc(), svc.space(), X, y, { seed: 1, trials: 6, cv: 3 });
    expect((await searches.tune(svc(), X, y, { seed: 1, trials: 6, cv: 3 })).study.digest()).toBe(same.study.digest());
    const spaced = { ...thresholdClassifier(), space: () => ({ threshold: float(0, 1) }) };
    const points = Array.from({ length: 40 }, (_, i) => [i / 40]);
    const labels = points.map((_, i) => (i < 20 ? "a" : "b"));
    expect((await searches.tune(spaced, points, labels, { seed: 1, cv: 2, refit: false })).table).toHaveLength(50);
  });

  test("refuses what has no usual space", async () => {
    await expect(searches.tune(thresholdClassifier(), X, y)).rejects.toThrow(
      '"model": expected an estimator with a usual space to tune, or what makes one, got threshold without',
    );
    await expect(searches.tune("svc" as never, X, y)).rejects.toThrow('or what makes one, got "svc"');
    await expect(searches.tune(undefined as never, X, y)).rejects.toThrow("or what makes one, got undefined");
  });
});
