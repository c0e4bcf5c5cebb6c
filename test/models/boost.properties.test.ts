import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classifierParams, regressorParams } from "../../src/models/boosting/boost-params.ts";
import { gradientBoostingClassifierOn } from "../../src/models/boosting/gradient-boosting-classifier.ts";
import { gradientBoostingRegressorOn } from "../../src/models/boosting/gradient-boosting-regressor.ts";
import type { GradientBoostingClassifier, GradientBoostingRegressor } from "../../src/models/index.ts";
import { crossValidate } from "../../src/selection/cross-validate.ts";
import { boostDraws as draws, boostSample as sample } from "../support/boost-sample.ts";
import { trees } from "../support/cores.ts";

type Params = Readonly<Record<string, unknown>>;
const classifier = (params: Params = {}): GradientBoostingClassifier =>
  gradientBoostingClassifierOn(() => trees, classifierParams(params));
const regressor = (params: Params = {}): GradientBoostingRegressor =>
  gradientBoostingRegressorOn(() => trees, regressorParams(params));
const backwards = <T>(list: readonly T[]): T[] => list.map((_, i) => list[list.length - 1 - i] as T);

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

  test("missing values come through cross-validation, and tables of columns are taken", () => {
    const { X } = sample(13, 200, 2);
    const y = X.map(([a]) => ((a as number) < 0.5 ? "low" : "high"));
    const holed = X.map(([a, b], i) => [a, i % 3 === 0 ? Number.NaN : b]) as number[][];
    expect(Math.min(...crossValidate(classifier({ trees: 10 }), holed, y, { cv: 4 }).scores)).toBeGreaterThan(0.9);
    const table = {
      a: holed.map(([a]) => a as number),
      b: holed.map(([, b]) => (Number.isNaN(b) ? null : (b as number))),
    };
    const make = classifier({ trees: 10 });
    expect(make.fit(table, y).decisionFunction(table)).toEqual(make.fit(holed, y).decisionFunction(holed));
    expect(() => make.fit({ a: y }, y)).toThrow('"X": expected numbers, got');
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
