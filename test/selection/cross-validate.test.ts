import { describe, expect, test } from "vitest";
import type { Label } from "../../src/core/labels.ts";
import type { Matrix } from "../../src/core/matrix.ts";
import { digits } from "../../src/datasets/index.ts";
import { accuracy, scorers } from "../../src/metrics/index.ts";
import { svc } from "../../src/models/svm/svc.ts";
import { crossValidate } from "../../src/selection/cross-validate.ts";
import { kFold } from "../../src/selection/k-fold.ts";
import { deviationOf, meanOf } from "../../src/selection/score-fold.ts";
import { ruleClassifier } from "../support/rule-classifier.ts";

// The row's number is its feature, so that a model's training rows can be read off.
const X = Array.from({ length: 12 }, (_, i) => [i]);
const y = X.map(([i]) => ((i as number) % 3 === 0 ? "a" : "b"));
const classes = ["a", "b"];

describe("crossValidate", () => {
  test("trains on the other folds and scores on the one left out", () => {
    const fits: { readonly X: Matrix; readonly y: readonly Label[] }[] = [];
    const always = ruleClassifier({ classes, predict: () => "b" }, fits);
    const { scores, mean, std } = crossValidate(always, X, y, { cv: kFold({ splits: 3 }) });
    expect(fits.map(({ X }) => [...X.data])).toEqual([
      [4, 5, 6, 7, 8, 9, 10, 11],
      [0, 1, 2, 3, 8, 9, 10, 11],
      [0, 1, 2, 3, 4, 5, 6, 7],
    ]);
    expect(fits[1]?.y).toEqual([...y.slice(0, 4), ...y.slice(8)]);
    expect(scores).toEqual([2 / 4, 3 / 4, 3 / 4]);
    expect(mean).toBeCloseTo(2 / 3, 15);
    expect(std).toBeCloseTo(Math.sqrt(2) / 12, 15);
  });

  test("uses five stratified folds and accuracy unless told otherwise", () => {
    const y = X.concat(X).map((_, i) => i % 2);
    const always = ruleClassifier({ classes: [0, 1], predict: () => 1 });
    const { scores } = crossValidate(always, X.concat(X), y);
    expect(scores).toHaveLength(5);
    for (const score of scores) expect([0.4, 0.5, 0.6]).toContain(score);
  });

  test("takes any table and any labels", () => {
    const always = ruleClassifier({ classes: [0, 1], predict: () => 1 });
    const rows = X.map((row) => Float64Array.from(row));
    const labels = Int32Array.from(X, (_, i) => i % 2);
    expect(crossValidate(always, rows, labels, { cv: 2 }).scores).toEqual([0.5, 0.5]);
  });

  test("measures the fits with the stopwatch", () => {
    let now = 0;
    const stopwatch = { now: () => (now += 250) };
    const always = ruleClassifier({ classes, predict: () => "b" });
    const { fitSeconds, scoreSeconds } = crossValidate(always, X, y, { cv: 2, stopwatch });
    expect([fitSeconds, scoreSeconds]).toEqual([
      [0.25, 0.25],
      [0.25, 0.25],
    ]);
  });

  test("lets the model's own error through", () => {
    const broken = ruleClassifier({ classes, predict: () => "b" });
    const failing = {
      ...broken,
      fit: () => {
        throw new RangeError("does not fit");
      },
    };
    expect(() => crossValidate(failing, X, y, { cv: 2 })).toThrow(new RangeError("does not fit"));
  });

  // Right answers by fold of scikit-learn 1.9.1's SVC on the same folds.
  test.each([
    [{ kernel: "linear", C: 1 }, [347, 331, 347, 346, 332]],
    [{ kernel: "rbf", C: 1, gamma: "scale" }, [346, 340, 353, 355, 337]],
    [{ kernel: "rbf", C: 10, gamma: 0.001 }, [352, 342, 353, 354, 346]],
  ] as const)("of a support vector classifier on digits, %j, gives the reference's accuracies", (params, right) => {
    const { X, y } = digits();
    const sizes = [360, 360, 359, 359, 359];
    expect(crossValidate(svc({ ...params, tol: 1e-8 }), X, y).scores).toEqual(
      right.map((n, k) => n / (sizes[k] as number)),
    );
  });
});

describe("scoring", () => {
  // Class "a" below 6: right for most rows, with probabilities and decision values that rank alike.
  const half = {
    classes,
    predict: (row: Float64Array) => ((row[0] as number) < 6 ? "a" : "b"),
    proba: (row: Float64Array) => [1 - (row[0] as number) / 16, (row[0] as number) / 16],
    decision: (row: Float64Array) => [(row[0] as number) - 6],
  };

  const named = Object.values(scorers);
  const ofTwoClasses = named.filter(({ name, needs }) => needs !== "values" && !name.startsWith("top"));
  test.each(ofTwoClasses.map(({ name }) => name))("%s is found by name", (scoring) => {
    const { scores } = crossValidate(ruleClassifier(half), X, y, { cv: 2, scoring });
    expect(scores.every(Number.isFinite)).toBe(true);
  });

  test.each(named.filter(({ needs }) => needs === "values"))("$name is no score of a classifier", ({ name }) => {
    expect(() => crossValidate(ruleClassifier(half), X, y, { cv: 2, scoring: name })).toThrow(
      expect.objectContaining({
        code: "unsupported",
        message: `"scoring": expected a score of classes for a classifier, got "${name}", a score of numbers`,
      }),
    );
  });

  test("takes a scorer of one's own", () => {
    const errors = {
      name: "errors",
      needs: "labels",
      score: (yTrue: readonly Label[], predicted: readonly Label[]) => accuracy(yTrue, predicted) - 1,
    } as const;
    const own = crossValidate(ruleClassifier(half), X, y, { cv: 2, scoring: errors as never }).scores;
    const named = crossValidate(ruleClassifier(half), X, y, { cv: 2 }).scores;
    expect(own).toEqual(named.map((score) => score - 1));
  });

  test("ranks two classes by decision value, and by probability where that has another shape", () => {
    const { proba, ...decided } = half;
    const ranked = crossValidate(ruleClassifier(decided), X, y, { cv: 2, scoring: "rocAuc" }).scores;
    const two = { ...half, decision: (row: Float64Array) => [0, row[0] as number] };
    expect(crossValidate(ruleClassifier(two), X, y, { cv: 2, scoring: "rocAuc" }).scores).toEqual(ranked);
    expect(proba(Float64Array.of(8))).toEqual([0.5, 0.5]);
  });

  test("says what a model lacks, and refuses a score that is not finite", () => {
    const { proba: _, ...mute } = half;
    expect(() => crossValidate(ruleClassifier(mute), X, y, { cv: 2, scoring: "negLogLoss" })).toThrow(
      expect.objectContaining({
        code: "unsupported",
        message: '"scoring": expected a model with probabilities for "negLogLoss", got one without predictProba',
      }),
    );
    const nan = { name: "odd", needs: "labels", score: () => Number.NaN } as const;
    expect(() => crossValidate(ruleClassifier(half), X, y, { cv: 2, scoring: nan })).toThrow(
      expect.objectContaining({ code: "numerical-failure", message: '"odd": expected a finite score, got NaN' }),
    );
  });
});

describe("crossValidate refuses", () => {
  const model = ruleClassifier({ classes, predict: () => "b" });
  test.each([
    ["unequal lengths", X, y.slice(1), {}, '"y": expected a label for each of X\'s 12 rows, got 11'],
    ["one class", X, X.map(() => "a"), {}, '"y": expected at least two classes, got only a'],
    ["NaN in X", [[Number.NaN], ...X.slice(1)], y, {}, '"X": expected finite numbers, got NaN in row 0, column 0'],
    ["too many folds", X, y, { cv: 5 }, '"splits": expected no more folds than class "a" has members, 4, got 5'],
    ["one fold", X, y, { cv: 1 }, '"splits": expected a whole number >= 2, got 1'],
    [
      "no scorer",
      X,
      y,
      { scoring: { score: 1 } as never },
      '"scoring.score": expected a score\'s name, a scorer or a function, got 1',
    ],
  ])("%s", (_, X, y, options, message) => {
    expect(() => crossValidate(model, X, y, options)).toThrow(
      expect.objectContaining({ name: "VernierError", message }),
    );
  });

  test("an unknown score, listing the known", () => {
    expect(() => crossValidate(model, X, y, { scoring: "auc" })).toThrow(
      /^"scoring": expected one of "accuracy", .*, got "auc"$/,
    );
  });
});

test("mean and population deviation", () => {
  expect(meanOf([1, 2, 6])).toBe(3);
  expect(deviationOf([1, 2, 6])).toBe(Math.sqrt(14 / 3));
  expect(deviationOf([0.5])).toBe(0);
});
