import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { iris } from "../../src/datasets/iris.ts";
import { rowsOf } from "../support/tables.ts";
import { gradientBoostingClassifier, gradientBoostingRegressor } from "../../src/models/index.ts";

// Stages are kept with a table that is fitted again: what a fit takes from there must not show.

const fresh = (X: Matrix): Matrix => ({ ...X, data: X.data.slice() });
const bytes = (model: { save(): ArrayBuffer }): Uint8Array => new Uint8Array(model.save());
const all = breastCancer();
const cells = { X: rowsOf(all.X, [...Array(200).keys()]), y: all.y.slice(0, 200) };
const flowers = iris();
const holed = (X: Matrix): Matrix => ({
  ...X,
  data: X.data.map((x, at) => (at % 7 === 0 ? Number.NaN : Math.floor(x))),
});

describe.each<[string, Matrix, readonly (string | number)[], Readonly<Record<string, unknown>>]>([
  ["two classes", cells.X, cells.y as readonly string[], {}],
  ["three classes", flowers.X, flowers.y as readonly string[], { maxFeatures: 0.5, seed: 4 }],
  [
    "categories and missing values",
    holed(flowers.X),
    flowers.y as readonly string[],
    { categoricalFeatures: "0,2", minSamplesLeaf: 5 },
  ],
  [
    "early stopping",
    cells.X,
    cells.y as readonly string[],
    { earlyStopping: true, nIterNoChange: 2, learningRate: 0.3 },
  ],
])("%s", (_, table, y, params) => {
  const fit = (X: Matrix, trees: number, changes = {}): Uint8Array =>
    bytes(gradientBoostingClassifier({ ...params, trees, ...changes }).fit(X, y));

  test("models of the same table with fewer and with more trees are those of a fresh table, bit for bit", () => {
    const X = fresh(table);
    for (const trees of [10, 10, 4, 25, 24, 40, 1]) expect(fit(X, trees)).toEqual(fit(fresh(table), trees));
  });

  test("other settings and other labels are not mixed up with them", () => {
    const X = fresh(table);
    fit(X, 8);
    fit(X, 8);
    expect(fit(X, 8, { maxLeafNodes: 4 })).toEqual(fit(fresh(table), 8, { maxLeafNodes: 4 }));
    const turned = y.map((_, i) => y[y.length - 1 - i] as string | number);
    const other = (on: Matrix): Uint8Array =>
      bytes(gradientBoostingClassifier({ ...params, trees: 9 }).fit(on, turned));
    expect(other(X)).toEqual(other(fresh(table)));
    expect(fit(X, 9)).toEqual(fit(fresh(table), 9));
  });
});

test("weights and a table written to are noticed", () => {
  const y = Array.from({ length: flowers.X.rows }, (_, i) => flowers.X.data[i * 4] as number);
  const X = fresh(flowers.X);
  const fit = (on: Matrix, sampleWeight?: number[]): Uint8Array =>
    bytes(gradientBoostingRegressor({ trees: 8 }).fit(on, y, sampleWeight === undefined ? {} : { sampleWeight }));
  fit(X);
  fit(X);
  const weights = y.map((_, i) => 1 + (i % 3));
  expect(fit(X, weights)).toEqual(fit(fresh(X), weights));
  X.data.forEach((value, at) => {
    X.data[at] = at % 4 === 1 ? 10 - value * value : value;
  });
  expect(fit(X)).toEqual(fit(fresh(X)));
});
