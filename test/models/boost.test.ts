import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { digits } from "../../src/datasets/digits.ts";
import { iris } from "../../src/datasets/iris.ts";
import { classifierParams, regressorParams } from "../../src/models/boost-params.ts";
import { gradientBoostingClassifierOn } from "../../src/models/gradient-boosting-classifier.ts";
import { gradientBoostingRegressorOn } from "../../src/models/gradient-boosting-regressor.ts";
import {
  type GradientBoostingClassifier,
  gradientBoostingClassifier,
  type GradientBoostingRegressor,
  gradientBoostingRegressor,
} from "../../src/models/index.ts";
import { uniforms } from "../../src/wasm/random.ts";
import { sha256Hex } from "../../src/wasm/sha256.ts";
import { core as search, models, modelsCores } from "../support/cores.ts";
import { rowsOf } from "../support/tables.ts";

type Params = Readonly<Record<string, unknown>>;
const classifier = (params: Params = {}, on = models): GradientBoostingClassifier =>
  gradientBoostingClassifierOn(() => on, classifierParams(params));
const regressor = (params: Params = {}, on = models): GradientBoostingRegressor =>
  gradientBoostingRegressorOn(() => on, regressorParams(params));
const hash = (values: Float64Array): string => sha256Hex(search, new Uint8Array(values.buffer));
const draws = (seed: number, count: number): Float64Array => uniforms(models, { seed, trial: 0, purpose: "t" }, count);

/** n rows of d uniforms, and a target that depends on the first two columns. */
function sample(seed: number, n: number, d: number): { readonly X: number[][]; readonly y: number[] } {
  const u = draws(seed, n * (d + 1));
  const X = Array.from({ length: n }, (_, i) => [...u.subarray(i * d, (i + 1) * d)]);
  const y = X.map(([a, b], i) => 3 * (a as number) * (a as number) + (b as number) + 0.1 * (u[n * d + i] as number));
  return { X, y };
}

const cells = breastCancer();
const area = Array.from({ length: cells.X.rows }, (_, i) => cells.X.data[i * cells.X.cols + 3] as number);
const rest: Matrix = {
  data: cells.X.data.filter((_, at) => at % cells.X.cols !== 3),
  rows: cells.X.rows,
  cols: cells.X.cols - 1,
};
const backwards = <T>(list: readonly T[]): T[] => list.map((_, i) => list[list.length - 1 - i] as T);
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

describe.each(modelsCores)("$build: fitted", ({ core }) => {
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

describe("properties", () => {
  test("monotone changes of the columns change nothing", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 30, max: 200 }), (seed, n) => {
        const { X, y } = sample(seed, n, 3);
        const bent = X.map(([a, b, c]) => [2 * (a as number) - 7, (b as number) ** 3, -1 / ((c as number) + 1)]);
        const make = regressor({ trees: 10, minSamplesLeaf: 5 });
        expect(make.fit(bent, y).predict(bent)).toEqual(make.fit(X, y).predict(X));
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  test("the order of rows does not choose the splits", () => {
    const { X, y } = sample(5, 150, 4);
    const make = regressor({ trees: 10, minSamplesLeaf: 5 });
    const turned = make.fit(backwards(X), backwards(y));
    const gap = make
      .fit(X, y)
      .predict(X)
      .map((value, i) => value - (turned.predict(X)[i] as number));
    expect(Math.max(...gap.map(Math.abs))).toBeLessThan(1e-12);
  });

  test("a weight of 2 is a row that is there twice, a weight of 0 one that is not there", () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom("squaredError", "absoluteError", "poisson"), (seed, loss) => {
        const { X, y } = sample(seed, 300, 3);
        const times = X.map((_, i) => (i % 7 === 0 ? 0 : i % 3 === 0 ? 2 : 1));
        // No limit that counts rows.
        const make = regressor({ loss, trees: 5, minSamplesLeaf: 1, maxLeafNodes: 6, maxBins: 40 });
        const weighted = make.fit(X, y, { sampleWeight: times }).predict(X);
        const repeat = <T>(list: readonly T[]): T[] =>
          list.flatMap((item, i) => Array<T>(times[i] as number).fill(item));
        const repeated = make.fit(repeat(X), repeat(y)).predict(X);
        const present = X.flatMap((_, i) => (times[i] === 0 ? [] : [i]));
        const gap = present.map((i) => Math.abs((weighted[i] as number) - (repeated[i] as number)));
        expect(Math.max(...gap)).toBeLessThan(1e-9);
      }),
      { numRuns: 30, seed: 2 },
    );
  });

  test("balanced classes are weights that give each class the same total", () => {
    const { X } = sample(6, 300, 3);
    const y = X.map(([a, b]) => ((a as number) > 0.8 ? "a" : (b as number) > 0.4 ? "b" : "c"));
    const counts = (label: string): number => y.filter((other) => other === label).length;
    const sampleWeight = y.map((label) => 300 / (3 * counts(label)));
    const balanced = classifier({ trees: 10, classWeight: "balanced" }).fit(X, y);
    const weighted = classifier({ trees: 10 }).fit(X, y, { sampleWeight });
    expect(balanced.decisionFunction(X)).toEqual(weighted.decisionFunction(X));
    expect(balanced.baseline.every((value) => Math.abs(value) < 1e-12)).toBe(true);
  });

  test("missing values that tell something are used, and new ones follow them", () => {
    const { X } = sample(7, 400, 2);
    const y = X.map(([a]) => ((a as number) < 0.3 ? 1 : 0));
    const holed = X.map(([a, b], i) => [y[i] === 1 ? Number.NaN : a, b]) as number[][];
    const model = classifier({ trees: 20 }).fit(holed, y);
    expect(model.predict(holed)).toEqual(y);
    expect(
      model.predict([
        [Number.NaN, 0.5],
        [0.9, Number.NaN],
      ]),
    ).toEqual([1, 0]);
  });

  test("where training saw none, missing values go with the larger side", () => {
    const X = Array.from({ length: 100 }, (_, i) => [i < 30 ? 0 : 1]);
    const y = X.map(([x]) => 10 * (x as number));
    const model = regressor({ trees: 1 }).fit(X, y);
    const [few, many, missing] = model.predict([[0], [1], [Number.NaN]]);
    expect(missing).toBe(many);
    expect(missing).not.toBe(few);
  });

  test("codes of categories are names: shuffled ones give the same predictions, unknown ones count as missing", () => {
    const u = draws(8, 1000);
    const codes = [...u.subarray(0, 500)].map((value) => Math.floor(12 * value));
    const y = codes.map((code, i) => ((code * 7) % 12) + 0.1 * (u[500 + i] as number));
    const make = regressor({ trees: 20, categoricalFeatures: "0", minSamplesLeaf: 5 });
    const plain = codes.map((code) => [code]);
    const shuffled = codes.map((code) => [100 - ((code * 5) % 12)]);
    const model = make.fit(plain, y);
    const other = make.fit(shuffled, y);
    const gap = model.predict(plain).map((value, i) => value - (other.predict(shuffled)[i] as number));
    expect(Math.max(...gap.map(Math.abs))).toBeLessThan(1e-12);
    expect(model.predict([[99]])).toEqual(model.predict([[Number.NaN]]));
    expect(model.trainLoss[20] as number).toBeLessThan(0.05 * (model.trainLoss[0] as number));
  });

  test("columns are drawn by the seed", () => {
    const { X, y } = sample(9, 200, 6);
    const fit = (seed: number): Float64Array => regressor({ trees: 5, maxFeatures: 0.3, seed }).fit(X, y).predict(X);
    expect(fit(1)).toEqual(fit(1));
    expect(fit(1)).not.toEqual(fit(2));
  });
});

describe("early stopping", () => {
  test("ends where the loss on the rows held back no longer falls", () => {
    const { X, y } = sample(10, 400, 3);
    const model = regressor({ earlyStopping: true, trees: 500, nIterNoChange: 5, learningRate: 0.3 }).fit(X, y);
    const losses = [...model.validationLoss];
    expect(model.iterations).toBeLessThan(500);
    expect(losses.length).toBe(model.iterations + 1);
    expect(model.trainLoss.length).toBe(model.iterations + 1);
    const flat = (stages: number): boolean =>
      stages >= 5 &&
      losses.slice(stages - 4, stages + 1).every((loss) => loss >= (losses[stages - 5] as number) - 1e-7);
    expect(losses.findIndex((_, stages) => flat(stages))).toBe(model.iterations);
  });

  test("the rows held back are drawn by the seed, from each class alike, and left out of training", () => {
    const { X } = sample(11, 200, 3);
    const y = X.map((_, i) => (i % 10 === 0 ? 1 : 0));
    const fit = (seed: number): Float64Array =>
      classifier({ earlyStopping: true, trees: 5, validationFraction: 0.2, seed }).fit(X, y).validationLoss;
    expect(fit(1)).toEqual(fit(1));
    expect(fit(1)).not.toEqual(fit(2));
    const { baseline } = classifier({ earlyStopping: true, trees: 1, validationFraction: 0.2 }).fit(X, y);
    // 16 of 160 rows, as 20 of 200.
    expect(baseline[0]).toBeCloseTo(Math.log(0.1 / 0.9), 12);
  });

  test("auto: with more than 10,000 rows", () => {
    const { X, y } = sample(12, 10_001, 2);
    expect(regressor({ trees: 2 }).fit(X, y).validationLoss.length).toBe(3);
    expect(regressor({ trees: 2 }).fit(X.slice(1), y.slice(1)).validationLoss.length).toBe(0);
  });
});
