import { describe, expect, test } from "vitest";
import { iris } from "../../src/datasets/index.ts";
import { accuracy } from "../../src/metrics/index.ts";
import { logisticRegression } from "../../src/models/logistic/logistic-regression.ts";
import { svc } from "../../src/models/svm/svc.ts";
import { crossValidate } from "../../src/selection/cross-validate.ts";
import { crossValPredict } from "../../src/selection/cross-val-predict.ts";
import { kFold } from "../../src/selection/k-fold.ts";
import { learningCurve } from "../../src/selection/learning-curve.ts";
import { permutationTestScore } from "../../src/selection/permutation-test-score.ts";
import { shuffleSplit } from "../../src/selection/shuffle-split.ts";
import { stratifiedKFold } from "../../src/selection/stratified-k-fold.ts";
import { validationCurve } from "../../src/selection/validation-curve.ts";
import { ruleClassifier } from "../support/rule-classifier.ts";
import { ruleRegressor } from "../support/rule-regressor.ts";
import { vectors } from "../support/vectors.ts";

interface Golden {
  readonly validation: {
    readonly C: readonly number[];
    readonly train: readonly (readonly number[])[];
    readonly test: readonly (readonly number[])[];
  };
  readonly predicted: readonly number[];
}

const golden = vectors<Golden>("selection.json");
const { X, y } = iris();
const names = ["setosa", "versicolor", "virginica"];

describe("validationCurve", () => {
  test("of C of a support vector classifier is scikit-learn's", () => {
    const { C, train, test } = golden.validation;
    const curve = validationCurve(svc({ gamma: 0.1, tol: 1e-8 }), "C", C, X, y);
    expect(curve.map(({ value }) => value)).toEqual(C);
    curve.forEach((point, i) => {
      expect(point.trainScores).toEqual(train[i]);
      expect(point.testScores).toEqual(test[i]);
    });
  });

  test("has each value's statistics, for regressors too", () => {
    const rows = Array.from({ length: 20 }, (_, i) => [i]);
    const values = rows.map(([x]) => 2 * (x as number));
    const curve = validationCurve(ruleRegressor(), "slope", [1, 2], rows, values, { scoring: "negMeanSquaredError" });
    const one = crossValidate(ruleRegressor({ slope: 1, steps: 1e9, mode: "works" }), rows, values, {
      scoring: "negMeanSquaredError",
      trainScore: true,
    });
    expect(curve[0]).toMatchObject({ testScores: one.scores, testMean: one.mean, testStd: one.std });
    expect(curve[0]?.trainScores).toEqual(one.trainScores);
    expect(curve[0]?.fitSeconds).toHaveLength(5);
    expect(curve[1]?.testMean).toBeCloseTo(0, 12);
  });

  test("refuses an unknown setting, a wrong value, no values, several scores", () => {
    expect(() => validationCurve(svc(), "c", [1], X, y)).toThrow('"c"');
    expect(() => validationCurve(svc(), "C", [1, -1], X, y)).toThrow('"C"');
    expect(() => validationCurve(svc(), "C", [], X, y)).toThrow('"values": expected a list of values, got []');
    expect(() => validationCurve(svc(), "C", [1], X, y, { scoring: ["accuracy", "f1Macro"] as never })).toThrow(
      '"scoring": expected one score',
    );
  });
});

describe("learningCurve", () => {
  test("trains on nested, stratified parts of each training side", () => {
    const fits: { readonly X: { readonly data: Float64Array }; readonly y: readonly unknown[] }[] = [];
    const rows = Array.from({ length: 40 }, (_, i) => [i]);
    const labels = rows.map((_, i) => (i < 10 ? "a" : "b"));
    const always = ruleClassifier({ classes: ["a", "b"], predict: () => "b" }, fits as never);
    const curve = learningCurve(always, rows, labels, { cv: 4, trainSizes: [0.5, 0.2, 1] });
    expect(curve.map(({ trainSize }) => trainSize)).toEqual([6, 15, 30]);
    for (const fold of [0, 1, 2, 3]) {
      const [small, middle, whole] = [fold, fold + 4, fold + 8].map((k) => [...(fits[k]?.X.data ?? [])]);
      expect(middle).toEqual(expect.arrayContaining(small as number[]));
      expect(whole).toEqual(expect.arrayContaining(middle as number[]));
      expect(middle).toEqual(middle?.toSorted((a, b) => a - b));
      expect(fits[fold]?.y.filter((label) => label === "a")).toHaveLength(2);
      expect(fits[fold + 4]?.y.filter((label) => label === "a")).toHaveLength(4);
    }
    const last = crossValidate(always, rows, labels, { cv: 4, trainScore: true });
    expect(curve[2]).toMatchObject({ testScores: last.scores, trainScores: last.trainScores });
    const sizes = (trainSizes: number[], seed = 0): unknown =>
      learningCurve(always, rows, labels, { cv: 4, trainSizes, seed }).map(({ trainSize }) => trainSize);
    expect(sizes([20, 7, 20, 30])).toEqual([7, 20, 30]);
    expect(sizes([1])).toEqual([30]);
    const before = fits.length;
    sizes([7], 0);
    sizes([7], 1);
    expect([...(fits[before]?.X.data ?? [])]).not.toEqual([...(fits[before + 4]?.X.data ?? [])]);
  });

  test("of a real model rises on iris", () => {
    const curve = learningCurve(logisticRegression(), X, y);
    expect(curve.map(({ trainSize }) => trainSize)).toEqual([12, 39, 66, 93, 120]);
    expect(curve[4]?.testMean).toBeGreaterThan(curve[0]?.testMean as number);
  });

  test.each([[[]], [[0]], [[0.5, 2]], [[1.5, 2]], [[121]], [[Number.NaN]]])("refuses sizes %j", (trainSizes) => {
    expect(() => learningCurve(svc(), X, y, { trainSizes })).toThrow(
      '"trainSizes": expected shares in (0, 1] or whole numbers from 1 to 120, got ',
    );
  });
});

describe("crossValPredict", () => {
  const model = svc({ gamma: 0.5, C: 10, tol: 1e-8 });

  test("of a support vector classifier says what scikit-learn's does", () => {
    expect(crossValPredict(model, X, y)).toEqual(golden.predicted.map((code) => names[code]));
  });

  test("agrees with the scores of the same folds", () => {
    const cv = kFold({ splits: 4, shuffle: true, seed: 3 });
    const predicted = crossValPredict(model, X, y, { cv });
    const { scores } = crossValidate(model, X, y, { cv });
    cv.split(y).forEach(({ test }, k) => {
      const rows = Array.from(test);
      expect(
        accuracy(
          rows.map((row) => y[row] as string),
          rows.map((row) => predicted[row] as string),
        ),
      ).toBe(scores[k]);
    });
    const proba = crossValPredict(logisticRegression(), X, y, { cv, method: "predictProba" });
    expect([proba.rows, proba.cols]).toEqual([150, 3]);
    const likeliest = Array.from({ length: 150 }, (_, i) => {
      const row = proba.data.subarray(3 * i, 3 * i + 3);
      return names[row.indexOf(Math.max(...row))];
    });
    expect(likeliest).toEqual(crossValPredict(logisticRegression(), X, y, { cv }));
    const decided = crossValPredict(model, X, y, { cv, method: "decisionFunction" });
    expect(decided.rows).toBe(150);
  });

  test("gives values of regressors", () => {
    const rows = [[1], [2], [3], [4]];
    const flat = ruleRegressor({ slope: 0, steps: Number.POSITIVE_INFINITY, mode: "works" });
    expect(crossValPredict(flat, rows, [1, 2, 4, 8], { cv: 2 })).toEqual(Float64Array.of(6, 6, 1.5, 1.5));
  });

  test("gives a class that a model has not seen probability 0, and no decision values", () => {
    // Unshuffled folds of neighbors: each training side lacks a class.
    const cv = kFold({ splits: 3 });
    const proba = crossValPredict(logisticRegression(), X, y, { cv, method: "predictProba" });
    for (let i = 0; i < 150; i++) {
      const row = proba.data.subarray(3 * i, 3 * i + 3);
      expect(row[Math.floor(i / 50)]).toBe(0);
      expect((row[0] as number) + (row[1] as number) + (row[2] as number)).toBeCloseTo(1, 12);
    }
    expect(() => crossValPredict(model, X, y, { cv, method: "decisionFunction" })).toThrow(
      '"cv": expected every class in each training side for decision values',
    );
    // Predicting goes on, without that class; so does the accuracy, at 0.
    expect(crossValidate(model, X, y, { cv }).scores).toEqual([0, 0, 0]);
    expect(() => crossValidate(logisticRegression(), X, y, { cv, scoring: "negLogLoss" })).toThrow("setosa");
  });

  test("refuses folds that do not divide, and what the model lacks", () => {
    expect(() => crossValPredict(model, X, y, { cv: shuffleSplit({ splits: 2, seed: 1 }) })).toThrow(
      /"cv": expected every sample on one fold's test side, got sample \d+ on [02]/,
    );
    const plain = ruleClassifier({ classes: names, predict: () => "setosa" });
    expect(() => crossValPredict(plain, X, y, { method: "predictProba" })).toThrow(
      '"method": expected one that rule has, got "predictProba"',
    );
    expect(() =>
      crossValPredict(ruleRegressor() as never, [[1], [2]], [1, 2], { cv: 2, method: "predictProba" }),
    ).toThrow('"method": expected one that rule has, got "predictProba"');
    expect(() => crossValPredict(model, X, y, { method: "guess" as never })).toThrow('"method": expected one of');
  });
});

describe("permutationTestScore", () => {
  test("tells what depends on X from what does not", () => {
    const real = permutationTestScore(logisticRegression(), X, y, { permutations: 19, cv: 3 });
    expect(real.pValue).toBe(1 / 20);
    expect(real.score).toBe(crossValidate(logisticRegression(), X, y, { cv: 3 }).mean);
    expect(real.permutationScores).toHaveLength(19);
    expect(Math.max(...real.permutationScores)).toBeLessThan(0.6);
    expect(new Set(real.permutationScores).size).toBeGreaterThan(5);
    const again = permutationTestScore(logisticRegression(), X, y, {
      permutations: 19,
      cv: stratifiedKFold({ splits: 3 }),
    });
    expect(again).toEqual(real);
    const always = ruleClassifier({ classes: names, predict: () => "setosa" });
    expect(permutationTestScore(always, X, y, { permutations: 9 }).pValue).toBe(1);
  });

  test("refuses no permutations", () => {
    expect(() => permutationTestScore(svc(), X, y, { permutations: 0 })).toThrow(
      '"permutations": expected a whole number >= 1, got 0',
    );
  });
});
