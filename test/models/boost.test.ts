import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { digits } from "../../src/datasets/digits.ts";
import { iris } from "../../src/datasets/iris.ts";
import { classifierParams, regressorParams } from "../../src/models/boosting/boost-params.ts";
import { gradientBoostingClassifierOn } from "../../src/models/boosting/gradient-boosting-classifier.ts";
import { gradientBoostingRegressorOn } from "../../src/models/boosting/gradient-boosting-regressor.ts";
import {
  type GradientBoostingClassifier,
  gradientBoostingClassifier,
  type GradientBoostingRegressor,
  gradientBoostingRegressor,
} from "../../src/models/index.ts";
import { sha256Hex } from "../../src/wasm/sha256.ts";
import { boostSample as sample } from "../support/boost-sample.ts";
import { core as search, trees, treesCores } from "../support/cores.ts";
import { rowsOf } from "../support/tables.ts";

type Params = Readonly<Record<string, unknown>>;
const classifier = (params: Params = {}, on = trees): GradientBoostingClassifier =>
  gradientBoostingClassifierOn(() => on, classifierParams(params));
const regressor = (params: Params = {}, on = trees): GradientBoostingRegressor =>
  gradientBoostingRegressorOn(() => on, regressorParams(params));
const hash = (values: Float64Array): string => sha256Hex(search, new Uint8Array(values.buffer));

const cells = breastCancer();
const area = Array.from({ length: cells.X.rows }, (_, i) => cells.X.data[i * cells.X.cols + 3] as number);
const rest: Matrix = {
  data: cells.X.data.filter((_, at) => at % cells.X.cols !== 3),
  rows: cells.X.rows,
  cols: cells.X.cols - 1,
};
const falls = (losses: Float64Array): boolean =>
  losses.every((loss, s) => s === 0 || loss <= (losses[s - 1] as number) + 1e-12);

describe("parameters", () => {
  test("defaults are those of scikit-learn", () => {
    const shared = {
      learningRate: 0.1,
      trees: 100,
      maxLeafNodes: 31,
      maxDepth: null,
      minSamplesLeaf: 20,
      l2Regularization: 0,
      maxFeatures: 1,
      maxBins: 255,
      categoricalFeatures: "",
      earlyStopping: "auto",
      validationFraction: 0.1,
      nIterNoChange: 10,
      tol: 1e-7,
      seed: 0,
    };
    expect(gradientBoostingClassifier().params).toEqual({ ...shared, classWeight: null });
    expect(gradientBoostingRegressor().params).toEqual({ ...shared, loss: "squaredError", quantile: 0.5 });
  });

  test.each<[Params, string]>([
    [{ learningRate: 0 }, '"learningRate": expected a finite number > 0, got 0'],
    [{ trees: 0 }, '"trees": expected a whole number from 1'],
    [{ maxLeafNodes: 1 }, '"maxLeafNodes": expected a whole number from 2'],
    [{ maxDepth: 0 }, '"maxDepth": expected a whole number from 1'],
    [{ minSamplesLeaf: 0 }, '"minSamplesLeaf": expected a whole number from 1'],
    [{ l2Regularization: -1 }, '"l2Regularization": expected a finite number >= 0, got -1'],
    [{ maxFeatures: 1.1 }, '"maxFeatures": expected a number > 0 and <= 1, got 1.1'],
    [{ maxBins: 256 }, '"maxBins": expected a whole number from 2 to 255, got 256'],
    [{ categoricalFeatures: "0;3" }, '"categoricalFeatures": expected column numbers joined by commas, as in "0,3"'],
    [{ categoricalFeatures: [0] }, '"categoricalFeatures": expected column numbers joined by commas, as in "0,3"'],
    [{ earlyStopping: "yes" }, '"earlyStopping": expected one of "auto", true, false, got "yes"'],
    [{ validationFraction: 1 }, '"validationFraction": expected a number between 0 and 1, or null, got 1'],
    [{ nIterNoChange: 0 }, '"nIterNoChange": expected a whole number >= 1, got 0'],
    [{ tol: -1 }, '"tol": expected a finite number >= 0, got -1'],
    [{ seed: 1.5 }, '"seed": expected a whole number >= 0, got 1.5'],
  ])("%o is refused", (params, message) => {
    expect(() => gradientBoostingClassifier().with(params)).toThrow(message);
    expect(() => gradientBoostingRegressor().with(params)).toThrow(message);
  });

  test("a classifier's own and a regressor's own", () => {
    expect(() => classifier({ classWeight: "even" })).toThrow('"classWeight": expected one of "balanced", null');
    expect(() => regressor({ loss: "gamma" })).toThrow('"loss": expected one of "squaredError", "absoluteError"');
    expect(() => regressor({ quantile: 1 })).toThrow('"quantile": expected a number between 0 and 1, got 1');
  });
});

describe("data", () => {
  const { X, y } = sample(1, 50, 2);

  test.each<[string, () => unknown, string]>([
    ["infinite", () => regressor().fit([[1], [1 / 0]], [1, 2]), '"X": expected finite numbers, got Infinity in'],
    [
      "counts",
      () =>
        regressor({ loss: "poisson" }).fit(
          X,
          y.map((v) => -v),
        ),
      '"y": expected numbers >= 0',
    ],
    [
      "no counts",
      () =>
        regressor({ loss: "poisson" }).fit(
          X,
          y.map(() => 0),
        ),
      'for loss "poisson", got only 0',
    ],
    ["weights", () => regressor().fit(X, y, { sampleWeight: y.map(() => 0) }), '"sampleWeight": expected at least one'],
    [
      "column number",
      () => regressor({ categoricalFeatures: "1,2" }).fit(X, y),
      '"categoricalFeatures": expected column numbers below 2, the number of columns of X, got 2',
    ],
    [
      "categories",
      () => regressor({ categoricalFeatures: "0", maxBins: 10 }).fit(X, y),
      '"X": expected at most maxBins = 10 categories in column 0, got 50',
    ],
    [
      "learning rate",
      () => regressor({ loss: "poisson", learningRate: 1e6, trees: 9, minSamplesLeaf: 2 }).fit(X, y),
      '"learningRate": expected one with which the loss stays a finite number',
    ],
  ])("bad %s is refused", (_, act, message) => {
    expect(act).toThrow(message);
  });

  test("columns without anything to split on are no harm", () => {
    const odd = X.map((row) => [7, Number.NaN, ...row]);
    expect(regressor().fit(odd, y).predict(odd)).toEqual(regressor().fit(X, y).predict(X));
    const constant = X.map(() => [7]);
    const mean = regressor({ trees: 3 })
      .fit(constant, y)
      .predict([[7]])[0] as number;
    expect(mean).toBeCloseTo(y.reduce((sum, value) => sum + value, 0) / y.length, 12);
  });
});

describe.each(treesCores)("$build: fitted", ({ core }) => {
  test("the training loss falls at a small learning rate, whatever the loss", () => {
    for (const loss of ["squaredError", "absoluteError", "poisson", "quantile"]) {
      const { trainLoss, iterations } = regressor({ loss, trees: 30, quantile: 0.7, learningRate: 0.05 }, core).fit(
        rest,
        area,
      );
      expect(iterations).toBe(30);
      expect(trainLoss.length).toBe(31);
      expect(falls(trainLoss)).toBe(true);
      expect(trainLoss[30] as number).toBeLessThan(0.7 * (trainLoss[0] as number));
    }
    const flowers = iris();
    expect(falls(classifier({ trees: 30 }, core).fit(flowers.X, flowers.y).trainLoss)).toBe(true);
  });

  test("a quantile's predictions have that share of the targets below", () => {
    const { X, y } = sample(4, 1000, 3);
    for (const quantile of [0.1, 0.5, 0.9]) {
      const predicted = regressor({ loss: "quantile", quantile, trees: 60 }, core).fit(X, y).predict(X);
      const below = y.filter((value, i) => value < (predicted[i] as number)).length;
      expect(Math.abs(below / 1000 - quantile)).toBeLessThan(0.05);
    }
  });

  test("the bits of a fit are pinned", () => {
    const { X, y } = digits();
    const rows = [...Array(400).keys()];
    const table = rowsOf(X, rows);
    const machine = classifier({ trees: 5, maxFeatures: 0.5, seed: 3 }, core).fit(table, y.slice(0, 400));
    expect(hash(machine.decisionFunction(table).data)).toBe(
      "943730ea3cb9afdaaa04d90a9f7bdd74560da622c0c1e40173fd2d2e4aa04531",
    );
    const stopped = classifier({ earlyStopping: true, trees: 60 }, core).fit(cells.X, cells.y);
    expect(hash(stopped.validationLoss)).toBe("df576b8478fc79c0e896af043a5aab7b275fc7bf26567e50c51dc6cd0dabe2a0");
    const median = regressor({ loss: "absoluteError", trees: 5 }, core).fit(rest, area);
    expect(hash(median.predict(rest))).toBe("bf685ab442b114b0487c7155572abe7602242fcc543d3b1046d0f9ab3d98a148");
  });
});
