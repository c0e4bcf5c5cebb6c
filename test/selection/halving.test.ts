import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choice, float } from "../../src/core/space.ts";
import { iris } from "../../src/datasets/index.ts";
import { logisticRegression } from "../../src/models/logistic/logistic-regression.ts";
import { svc } from "../../src/models/svm/svc.ts";
import { median } from "../../src/pruners/median.ts";
import { crossValidate } from "../../src/selection/cross-validate.ts";
import type { HalvingSearchOptions } from "../../src/selection/halving-search.ts";
import { nestedOrder } from "../../src/selection/nested-rows.ts";
import { createSearches } from "../../src/selection/searches.ts";
import { memory } from "../../src/storages/memory.ts";
import { ruleRegressor } from "../support/rule-regressor.ts";
import { delayedRunner, testStudy } from "../support/study.ts";
import { thresholdClassifier } from "../support/threshold-classifier.ts";

const worker = new URL("file:///none");
const { halvingGridSearch, halvingRandomSearch } = createSearches({ createStudy: testStudy, worker });

// y is twice the feature.
const X = Array.from({ length: 60 }, (_, i) => [(i * 7) % 60]);
const y = X.map(([x]) => 2 * (x as number));
const slopes = { slope: [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5] };

describe("halving by a setting", () => {
  test("gives the better third three times as much", async () => {
    const options = { seed: 1, resource: "steps", maxResources: 18, cv: 3 };
    const { table, best, bestEstimator, rungs } = await halvingGridSearch(ruleRegressor(), slopes, X, y, options);
    expect(rungs).toEqual([
      { iteration: 0, candidates: 9, resources: 2 },
      { iteration: 1, candidates: 3, resources: 6 },
      { iteration: 2, candidates: 1, resources: 18 },
    ]);
    expect(table.map(({ iteration, resources, params }) => [iteration, resources, params["slope"]])).toEqual([
      ...slopes.slope.map((slope) => [0, 2, slope]),
      // Best first; all predictions lie 1 / 2 too low, so that 2.5 is better than 1.5.
      [1, 6, 2],
      [1, 6, 2.5],
      [1, 6, 1.5],
      [2, 18, 2],
    ]);
    expect(best).toBe(table[12]);
    expect(table[12]?.rank).toBe(1);
    expect(table.slice(9, 12).map(({ rank }) => rank)).toEqual([2, 3, 4]);
    expect(Math.min(...table.slice(0, 9).map(({ rank }) => rank))).toBe(5);
    expect(bestEstimator?.predict([[1]])[0]).toBe(2 - 1 / 18);
  });

  test("lets those that fail go on only for want of others, and of equal ones the first", async () => {
    const lists = { slope: [2, 2, 3, 4].map((slope, i) => slope + i / 1e12), mode: ["throws", "works"] };
    const { table } = await halvingGridSearch(ruleRegressor(), lists, X, y, {
      seed: 1,
      resource: "steps",
      maxResources: 9,
      minResources: 3,
      factor: 1.3,
    });
    expect(table.slice(8).map(({ params, failure }) => [params["mode"], failure?.name])).toEqual([
      ...[0, 1, 2, 3].map(() => ["works", undefined]),
      ...[0, 1, 2].map(() => ["throws", "RangeError"]),
      ...table.slice(15).map(({ params, failure }) => [params["mode"], failure?.name]),
    ]);
    expect(table.at(-1)?.iteration).toBe(4);
    const tied = await halvingGridSearch(thresholdClassifier(), { threshold: [3, 2, 1, 0] }, ...points, {
      seed: 1,
      minResources: 20,
      factor: 2,
    });
    expect(tied.table.slice(4).map(({ params }) => params["threshold"])).toEqual([3, 2]);
  });
});

// All points lie below every threshold that is tried.
const points = [X.map(([x]) => [(x as number) - 100]), X.map((_, i) => (i % 2 === 0 ? "a" : "b"))] as const;

describe("halving by samples", () => {
  test("trains on nested parts of the training rows, in their order, and tests on the whole other side", async () => {
    const estimator = ruleRegressor();
    const options = { seed: 1, cv: 2, minResources: 10, maxResources: 40, factor: 2, refit: false } as const;
    const { rungs } = await halvingGridSearch(estimator, { slope: [1, 2, 3, 4] }, X, y, options);
    expect(rungs.map(({ resources }) => resources)).toEqual([10, 20, 40]);
    const rowsOf = (k: number): number[] => [...(estimator.fits[k]?.X.data ?? [])];
    // Half of the samples are a training side: rungs of 4, 2 and 1 candidates by two folds.
    expect(estimator.fits.map(({ X }) => X.rows)).toEqual([...Array(8).fill(5), ...Array(4).fill(10), 20, 20]);
    for (const fold of [0, 1]) {
      const [small, middle, large] = [rowsOf(fold), rowsOf(8 + fold), rowsOf(12 + fold)];
      for (const k of [2, 4, 6]) expect(rowsOf(fold + k)).toEqual(small);
      expect(middle).toEqual(expect.arrayContaining(small));
      expect(large).toEqual(expect.arrayContaining(middle));
      const side = X.map(([x]) => x as number).slice(fold === 0 ? 30 : 0, fold === 0 ? 60 : 30);
      expect(large).toEqual(side.filter((x) => large.includes(x)));
      expect(large).not.toEqual(side.slice(0, 20));
    }
    expect(estimator.fits[0]?.y).toEqual(Float64Array.from(rowsOf(0), (x) => 2 * x));
  });

  test("finds on iris what the whole search finds, at less", async () => {
    const { X, y } = iris();
    const space = {
      C: float(1e-3, 1e3, { log: true }),
      kernel: choice({ linear: {}, rbf: { gamma: float(0.01, 1) } }),
    };
    const { best, table, rungs, bestEstimator } = await halvingRandomSearch(svc(), space, X, y, {
      seed: 3,
      nCandidates: 18,
      minResources: 50,
      scoring: ["accuracy", "f1Macro"],
      trainScore: true,
    });
    expect(rungs.map(({ candidates, resources }) => [candidates, resources])).toEqual([
      [18, 50],
      [6, 150],
    ]);
    expect(best.iteration).toBe(1);
    expect(best.mean).toBeGreaterThan(0.96);
    expect(best.metrics["f1Macro"]?.splits).toHaveLength(5);
    expect(best.trainSplits).toHaveLength(5);
    expect(bestEstimator?.predict([[5, 3.5, 1.4, 0.2]])).toEqual(["setosa"]);
    // What had all samples has the scores of a plain cross-validation.
    const { kernel, C, "kernel.rbf.gamma": gamma } = best.params;
    expect(crossValidate(svc().with({ C, kernel, gamma }), X, y).scores).toEqual(best.splits);
    expect(table).toHaveLength(24);
  });

  test("each part of a rare class: one member at least, and shares", () => {
    const labels = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 3, maxLength: 60 });
    fc.assert(
      fc.property(labels, fc.integer({ min: 0, max: 99 }), (y, seed) => {
        const order = [...nestedOrder(y, seed, "part")];
        expect(order.toSorted((a, b) => a - b)).toEqual(y.map((_, i) => i));
        const classes = [...new Set(y)];
        for (let n = classes.length; n <= y.length; n++) {
          for (const label of classes) {
            const members = y.filter((other) => other === label).length;
            const got = order.slice(0, n).filter((row) => y[row] === label).length;
            expect(got).toBeGreaterThanOrEqual(1);
            expect(Math.abs(got - (members * n) / y.length)).toBeLessThan(classes.length);
          }
        }
      }),
    );
    expect([...nestedOrder(Float64Array.from([1, 1, 2, 3]), 1, "part")].toSorted()).toEqual([0, 1, 2, 3]);
    expect(nestedOrder(Array(40).fill("a"), 1, "part")).not.toEqual(nestedOrder(Array(40).fill("a"), 2, "part"));
  });
});

describe("halving is the same", () => {
  const options = { name: "s", seed: 5, cv: 3, minResources: 12, factor: 2, nCandidates: 12, refit: false } as const;
  const space = { slope: float(0, 4), mode: choice(["works"]) };
  const digest = async (change: HalvingSearchOptions = {}, study = testStudy): Promise<string> => {
    const searches = createSearches({ createStudy: study, worker });
    const result = await searches.halvingRandomSearch(ruleRegressor(), space, X, y, { ...options, ...change });
    return result.study.digest();
  };

  test("with any number of workers, however long each candidate takes", async () => {
    const one = await digest();
    for (const workers of [2, 5]) {
      let k = 0;
      const delay = (): number => (k++ * 7) % 5;
      const delayed: typeof testStudy = (own) =>
        testStudy(own, { runner: (objective) => delayedRunner(objective as never, workers, delay) });
      expect(await digest({ lag: workers }, delayed)).toBe(one);
    }
    expect(await digest({ seed: 6 })).not.toBe(one);
  });

  test("when it was cut anywhere and taken up again", async () => {
    const whole = await digest();
    for (const cut of [1, 7, 11, 12, 13, 17, 18, 20]) {
      const storage = memory();
      const stopping = new AbortController();
      const onTrial = ({ number }: { number: number }): void => void (number === cut && stopping.abort());
      await digest({ storage, onTrial, signal: stopping.signal });
      expect(await digest({ storage })).toBe(whole);
      expect(await digest({ storage })).toBe(whole);
    }
  });

  test("when the cut came between two enqueued trials", async () => {
    const whole = await digest();
    const storage = memory();
    const stopping = new AbortController();
    const onTrial = ({ number }: { number: number }): void => void (number === 11 && stopping.abort());
    await digest({ storage, onTrial, signal: stopping.signal });
    let enqueued = 0;
    const dying: typeof testStudy = async (own) => {
      const study = await testStudy(own);
      const enqueue: typeof study.enqueue = (params) => {
        if (enqueued++ === 3) throw new Error("dies");
        return study.enqueue(params);
      };
      return Object.create(study, { enqueue: { value: enqueue } });
    };
    await expect(digest({ storage }, dying)).rejects.toThrow("dies");
    expect(await digest({ storage })).toBe(whole);
  });

  test("and another plan is another search", async () => {
    const storage = memory();
    await digest({ storage });
    await expect(digest({ storage, factor: 3 })).rejects.toThrow(/study "s": expected the same halving as before/);
  });
});

test("a time-out or a target ends it with what was found", async () => {
  const options = { seed: 1, cv: 3, factor: 2, minResources: 12, nCandidates: 8 };
  const hit = await halvingRandomSearch(ruleRegressor(), { slope: float(0, 4) }, X, y, { ...options, target: 0.5 });
  expect(hit.study.stopReason).toBe("target");
  expect(hit.best.iteration).toBe(0);
  expect(hit.best.mean).toBeGreaterThan(0.5);
  const late = await halvingRandomSearch(ruleRegressor(), { slope: float(0, 4) }, X, y, {
    ...options,
    timeout: 30,
    onTrial: ({ number }) => {
      if (number < 7) return;
      const start = performance.now();
      while (performance.now() - start < 40);
    },
  });
  expect(late.study.stopReason).toBe("timeout");
  expect(late.table.every(({ iteration }) => iteration === 0)).toBe(true);
});

test("as many random candidates as the resources allow, pruned between folds if wanted", async () => {
  const run = (options: HalvingSearchOptions) =>
    halvingRandomSearch(ruleRegressor(), { slope: float(0, 4) }, X, y, { seed: 2, cv: 4, refit: false, ...options });
  const whole = await run({});
  expect(whole.rungs.map(({ candidates, resources }) => [candidates, resources])).toEqual([
    [7, 8],
    [3, 24],
  ]);
  const { table, best } = await run({ pruner: median({ startupTrials: 2 }) });
  const pruned = table.filter(({ splits }) => splits.length < 4);
  expect(pruned.length).toBeGreaterThan(1);
  expect(pruned.every(({ mean, failure }) => Number.isNaN(mean) && failure === null)).toBe(true);
  expect(best.params).toEqual(whole.best.params);
});

test("a number of trials is refused", async () => {
  await expect(halvingGridSearch(ruleRegressor(), slopes, X, y, { trials: 3 } as never)).rejects.toThrow(
    '"trials": expected none, as they follow from the rungs, got 3',
  );
});

test("errors are raised when asked for", async () => {
  const lists = { slope: [1, 2, 3], mode: ["works", "throws"] };
  const options = { seed: 1, errorScore: "raise" } as const;
  await expect(halvingGridSearch(ruleRegressor(), lists, X, y, options)).rejects.toThrow(
    "candidate 1: expected a score, got RangeError: does not fit",
  );
});

test("a real model's halving has these bits", async () => {
  const { X, y } = iris();
  const lists = { C: [0.01, 0.1, 1, 10, 100], penalty: ["l1", "l2"] };
  const { study, best } = await halvingGridSearch(logisticRegression(), lists, X, y, { seed: 11, refit: false });
  expect(best.params).toEqual({ C: 10, penalty: "l2" });
  expect(study.digest()).toBe("a6d67a93ccc012065f7d64fd5686d8aeb6443531a589b04854dd611818c1ff64");
});
