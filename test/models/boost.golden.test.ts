import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { digits } from "../../src/datasets/digits.ts";
import { iris } from "../../src/datasets/iris.ts";
import { classifierParams, regressorParams } from "../../src/models/boosting/boost-params.ts";
import { gradientBoostingClassifierOn } from "../../src/models/boosting/gradient-boosting-classifier.ts";
import { gradientBoostingRegressorOn } from "../../src/models/boosting/gradient-boosting-regressor.ts";
import { log } from "../../src/wasm/math.ts";
import { trees as release, treesCores } from "../support/cores.ts";
import { rowsOf, splitAt } from "../support/tables.ts";
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly name: string;
  readonly weighted: boolean;
  readonly stages: number;
  readonly baseline: number[];
  /** Raw predictions [rows][K] of every seventh row. */
  readonly raw: number[][];
}

interface Spec {
  readonly X: Matrix;
  readonly y: readonly (string | number)[];
  readonly params: Readonly<Record<string, unknown>>;
}

const golden = vectors<{
  cases: Case[];
  stopping: { iterations: number; train_loss: number[] };
}>("boost.json");
const { band } = vectors<{ band: { model: string; data: keyof typeof tables; mean: number }[] }>("classifiers.json");
const folds = vectors<Record<keyof typeof tables, { stratified5: number[][] }>>("folds.json");
const tables = { iris: iris(), digits: digits(), breast_cancer: breastCancer() };

// The tables and weights of make-boost.py.
const { X } = tables.breast_cancer;
const mapped = (table: Matrix, value: (x: number, i: number, j: number) => number): Matrix => ({
  ...table,
  data: table.data.map((x, at) => value(x, Math.floor(at / table.cols), at % table.cols)),
});
const holes = (table: Matrix): Matrix => mapped(table, (x, i, j) => ((7 * i + 3 * j) % 11 === 0 ? Number.NaN : x));
const categories = mapped(X, (x, _, j) => {
  if (j === 0) return (Math.floor(x) * 5) % 13;
  return j === 1 ? (Math.floor(x * 4) * 7) % 40 : x;
});
const weights = (n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => 0.5 + ((i * 0.6180339887498949) % 1));
const area = Array.from({ length: X.rows }, (_, i) => X.data[i * X.cols + 3] as number);
const rest: Matrix = { data: X.data.filter((_, at) => at % X.cols !== 3), rows: X.rows, cols: X.cols - 1 };
const first400 = Array.from({ length: 400 }, (_, i) => i);

const regression: Record<string, Spec> = {
  squared_error: { X: rest, y: area, params: {} },
  absolute_error: { X: rest, y: area, params: { loss: "absoluteError" } },
  poisson: { X: rest, y: area.map((value) => Math.floor(value / 100)), params: { loss: "poisson" } },
  "regression, few leaves": { X: rest, y: area, params: { maxLeafNodes: 5, l2Regularization: 3 } },
  "regression, no limit of leaves": {
    X: rest,
    y: area,
    params: { maxLeafNodes: null, maxDepth: 4, minSamplesLeaf: 7 },
  },
  "regression, weights": { X: rest, y: area, params: {} },
};
const cells = tables.breast_cancer.y as readonly string[];
const classification: Record<string, Spec> = {
  "binary, few bins": { X, y: cells, params: { maxBins: 16 } },
  "binary, holes": { X: holes(X), y: cells, params: {} },
  "binary, categories": { X: categories, y: cells, params: { categoricalFeatures: "0,1" } },
  "binary, categories with holes": { X: holes(categories), y: cells, params: { categoricalFeatures: "0,1" } },
  "binary, weights": { X, y: cells, params: {} },
  "multi-class": { X: tables.iris.X, y: tables.iris.y as readonly string[], params: {} },
  "multi-class, holes": {
    X: holes(rowsOf(tables.digits.X, first400)),
    y: (tables.digits.y as readonly number[]).slice(0, 400),
    params: {},
  },
};

test("every case is there", () => {
  const names = golden.cases.map(({ name }) => name);
  expect(names).toEqual([...Object.keys(regression), ...Object.keys(classification)]);
});

// scikit-learn keeps derivatives in single precision: about 1e-8 of the predictions' size.
describe.each(treesCores)("$build: raw predictions are scikit-learn's", ({ core }) => {
  const expectRaw = ({ baseline, raw }: Case, ours: { baseline: readonly number[]; raw: Float64Array }): void => {
    const K = baseline.length;
    const scale = Math.max(...raw.flat().map(Math.abs));
    baseline.forEach((value, k) => expect(ours.baseline[k]).toBeCloseTo(value, 10));
    const far = raw.flatMap((row, r) =>
      row.filter((value, k) => Math.abs((ours.raw[7 * r * K + k] as number) - value) > 1e-7 * scale),
    );
    expect(far).toEqual([]);
  };
  const casesOf = (specs: Record<string, Spec>): [string, Case, Spec][] =>
    golden.cases.flatMap((c) => (c.name in specs ? [[c.name, c, specs[c.name] as Spec]] : []));
  const weighted = (c: Case, { y }: Spec): { sampleWeight?: Float64Array } =>
    c.weighted ? { sampleWeight: weights(y.length) } : {};

  test.each(casesOf(regression))("%s", (_, c, spec) => {
    expect(c.stages).toBeGreaterThan(0);
    const params = regressorParams({ trees: c.stages, earlyStopping: false, ...spec.params });
    const model = gradientBoostingRegressorOn(() => core, params).fit(spec.X, spec.y as number[], weighted(c, spec));
    const predicted = model.predict(spec.X);
    const raw = params.loss === "poisson" ? predicted.map((value) => log(core, value)) : predicted;
    expectRaw(c, { baseline: model.baseline, raw });
  });

  test.each(casesOf(classification))("%s", (_, c, spec) => {
    expect(c.stages).toBeGreaterThan(0);
    const params = classifierParams({ trees: c.stages, earlyStopping: false, ...spec.params });
    const model = gradientBoostingClassifierOn(() => core, params).fit(spec.X, spec.y, weighted(c, spec));
    expectRaw(c, { baseline: model.baseline, raw: model.decisionFunction(spec.X).data });
  });

  test("stopping by the training loss", () => {
    const params = classifierParams({
      earlyStopping: true,
      validationFraction: null,
      nIterNoChange: 3,
      tol: 1e-2,
      trees: 200,
    });
    const model = gradientBoostingClassifierOn(() => core, params).fit(X, cells, { sampleWeight: weights(X.rows) });
    expect(model.iterations).toBe(golden.stopping.iterations);
    expect(model.trainLoss.length).toBe(golden.stopping.train_loss.length);
    golden.stopping.train_loss.forEach((value, s) => expect(model.trainLoss[s]).toBeCloseTo(value, 8));
  });
});

// Unweighted, many splits tie, of which rounding chooses one in scikit-learn: scores agree but for a row or two.
describe("accuracy over five stratified folds is scikit-learn's, give or take two rows", () => {
  const boosting = band.filter(({ model }) => model === "hist_gradient_boosting100");

  test("there are scores", () => {
    expect(boosting.length).toBe(3);
  });

  test.each(boosting.map(({ data, mean }) => [data, mean] as const))("%s: %f", (data, mean) => {
    const { X: table, y } = tables[data];
    const make = gradientBoostingClassifierOn(() => release, classifierParams({ earlyStopping: false }));
    const scores = folds[data].stratified5.map((rows) => {
      const part = splitAt(table, y as readonly (string | number)[], rows);
      const predicted = make.fit(part.X, part.y).predict(part.testX);
      return predicted.filter((label, i) => label === part.testY[i]).length / rows.length;
    });
    const score = scores.reduce((sum, value) => sum + value, 0) / scores.length;
    expect(Math.abs(score - mean)).toBeLessThan(2.1 / table.rows);
  });
});
