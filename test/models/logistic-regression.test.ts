import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { takeRows } from "../../src/core/matrix.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { iris } from "../../src/datasets/iris.ts";
import { logisticParams } from "../../src/models/logistic/logistic-params.ts";
import { logisticRegression, logisticRegressionOn } from "../../src/models/logistic/logistic-regression.ts";
import type { LogisticRegressionParams } from "../../src/models/logistic/logistic-params.ts";
import type { FittedLogisticRegression } from "../../src/models/logistic/logistic-fit.ts";
import { modelsCores } from "../support/cores.ts";
import { standardized } from "../support/standardized.ts";
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly data: "iris" | "breast_cancer";
  readonly C: number;
  readonly l1_ratio: number;
  readonly coef: number[][];
  readonly intercept: number[];
  readonly objective: number;
  readonly first5_proba: number[][];
}
interface Row {
  readonly C: number;
  readonly penalty: "l1" | "l2";
  readonly split_test_scores: number[];
}
const golden = vectors<{ readonly cases: Case[] }>("logistic.json").cases;
const grid = vectors<{ readonly raw: Row[]; readonly standardized: Row[] }>("grid-logistic-iris.json");
const folds = vectors<Record<string, { readonly stratified5: number[][] }>>("folds.json");

const tables = {
  iris: { X: standardized(iris().X), y: iris().y },
  breast_cancer: { X: standardized(breastCancer().X), y: breastCancer().y },
};
const penaltyOf = (l1: number): Partial<LogisticRegressionParams> =>
  l1 === 0 ? { penalty: "l2" } : l1 === 1 ? { penalty: "l1" } : { penalty: "elasticnet", l1Ratio: l1 };
const rowsOf = ({ data, rows, cols }: Matrix): number[][] =>
  Array.from({ length: rows }, (_, i) => [...data.subarray(i * cols, (i + 1) * cols)]);

describe.each(modelsCores)("logistic regression, $build core", ({ core }) => {
  const make = (params: Partial<LogisticRegressionParams>): ReturnType<typeof logisticRegression> =>
    logisticRegressionOn(() => core, logisticParams(params));

  test.each(golden)("reaches the optimum: $data, C=$C, l1 share $l1_ratio", (it) => {
    const { X, y } = tables[it.data];
    const fitted = make({ C: it.C, ...penaltyOf(it.l1_ratio) }).fit(X, y);
    expect(fitted.converged).toBe(true);
    expect(Math.abs(fitted.objective - it.objective)).toBeLessThan(1e-12 * it.objective);
    it.coef.flat().forEach((weight, i) => expect(fitted.coef.data[i]).toBeCloseTo(weight, 5));
    it.intercept.forEach((b, k) => expect(fitted.intercept[k]).toBeCloseTo(b, 5));
    const first5 = takeRows(X, [0, 1, 2, 3, 4]);
    rowsOf(fitted.predictProba(first5)).forEach((row, i) =>
      row.forEach((p, k) => expect(p).toBeCloseTo(it.first5_proba[i]?.[k] as number, 6)),
    );
  });

  test.each(["raw", "standardized"] as const)("every fold's accuracy on iris, %s, is the reference's", (kind) => {
    const { X, y } = iris();
    for (const { C, penalty, split_test_scores } of grid[kind]) {
      const scores = (folds.iris as { stratified5: number[][] }).stratified5.map((testRows) => {
        const train = Array.from(y.keys()).filter((row) => !testRows.includes(row));
        const [trainX, testX] =
          kind === "raw" ? [takeRows(X, train), takeRows(X, testRows)] : scaledLike(X, train, testRows);
        const predicted = make({ C, penalty })
          .fit(
            trainX,
            train.map((row) => y[row] as string),
          )
          .predict(testX);
        return predicted.filter((label, i) => label === y[testRows[i] as number]).length / testRows.length;
      });
      expect(scores, `C=${C} ${penalty}`).toEqual(split_test_scores);
    }
  });

  test("random problems end where no subgradient is left", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.constantFrom(0.05, 1, 20),
        fc.constantFrom(0, 0.3, 1),
        (classes, d, seed, C, l1) => {
          const n = 12 + classes * 4;
          const X = Array.from({ length: n }, (_, i) =>
            Array.from({ length: d }, (_, j) => Math.sin(seed + 13 * i + 7 * j * i + j)),
          );
          const y = X.map((row, i) => (i < classes ? i : Math.abs(Math.floor(3 * (row[0] as number) + i)) % classes));
          const fitted = make({ C, ...penaltyOf(l1) }).fit(X, y);
          expect(fitted.converged).toBe(true);
          expect(worstSubgradient(fitted, X, y, C, l1)).toBeLessThan(1e-8 * Math.max(1, C * n));
        },
      ),
      { numRuns: 60, seed: 4 },
    );
  });

  test("a strong L1 penalty leaves no weight, and only the intercepts", () => {
    const { X, y } = tables.iris;
    const fitted = make({ C: 1e-4, penalty: "l1" }).fit(X, y);
    expect([...fitted.coef.data].every((weight) => weight === 0)).toBe(true);
    fitted.intercept.forEach((b) => expect(b).toBeCloseTo(0, 12));
  });

  test("without an optimum it says so, and the weights are finite", () => {
    const fitted = make({ penalty: "none", maxIterations: 40 }).fit([[0], [1], [2], [3]], ["a", "a", "b", "b"]);
    expect(fitted.converged).toBe(false);
    expect([...fitted.coef.data, ...fitted.intercept].every(Number.isFinite)).toBe(true);
    expect(fitted.predict([[0.5], [2.5]])).toEqual(["a", "b"]);
  });

  test("without an intercept the constant terms are zero", () => {
    expect(make({ fitIntercept: false }).fit(tables.iris.X, tables.iris.y).intercept).toEqual([0, 0, 0]);
  });

  test("probabilities sum to 1, at any scale", () => {
    const { X, y } = tables.iris;
    const fitted = make({ C: 10 }).fit(X, y);
    const far = { ...X, data: X.data.map((x) => 1e4 * x) };
    for (const row of rowsOf(fitted.predictProba(far))) {
      expect(row.every((p) => p >= 0 && p <= 1)).toBe(true);
      expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    }
  });

  test("the names of the classes do not matter, their order does", () => {
    const { X, y } = tables.iris;
    const numbers = y.map((label) => ["setosa", "versicolor", "virginica"].indexOf(label as string));
    const named = make({}).fit(X, y);
    const numbered = make({}).fit(X, numbers);
    expect(numbered.coef).toEqual(named.coef);
    expect(numbered.classes).toEqual([0, 1, 2]);
  });

  test("the bits of the weights are pinned", () => {
    const hash = createHash("sha256");
    for (const penalty of ["l1", "l2", "none"] as const) {
      const { X, y } = tables.iris;
      hash.update(new Uint8Array(make({ penalty, maxIterations: 30 }).fit(X, y).coef.data.buffer));
    }
    const { X, y } = tables.breast_cancer;
    hash.update(new Uint8Array(make({ penalty: "elasticnet", l1Ratio: 0.5 }).fit(X, y).coef.data.buffer));
    expect(hash.digest("hex")).toBe("4313ee5b6cbf24558b23e1dc43cd7b257a3068e336d3c4969dd859afed83e81a");
  });
});

describe("wrong settings and data", () => {
  test.each([
    [{ C: 0 }, /"C": expected a finite number > 0, got 0/],
    [{ penalty: "L1" }, /"penalty": expected one of "l1", "l2", "elasticnet", "none", got "L1"/],
    [{ l1Ratio: 0.5 }, /"l1Ratio": expected 0 with penalty "l2"/],
    [{ penalty: "elasticnet", l1Ratio: 2 }, /"l1Ratio": expected a number from 0 to 1, got 2/],
    [{ alpha: 1 }, /"logisticRegression parameter": expected one of "C", .* got "alpha"/],
    [{ tol: 0 }, /"tol"/],
    [{ maxIterations: 0 }, /"maxIterations": expected a whole number from 1/],
    [{ fitIntercept: "yes" }, /"fitIntercept": expected one of true, false, got "yes"/],
  ])("refuses %o", (params, message) => {
    expect(() => logisticRegression(params as never)).toThrow(message);
    expect(() => logisticRegression().with(params)).toThrow(message);
  });

  test("X and y are checked", () => {
    const model = logisticRegression();
    expect(() => model.fit([[1], [2]], ["a"])).toThrow(/"y": expected 2 labels, one for each row of X, got 1/);
    expect(() => model.fit([[1], [2]], ["a", "a"])).toThrow(/"y": expected at least two classes, got only a/);
    expect(() => model.fit([[1], [Number.NaN]], ["a", "b"])).toThrow(/"X": expected finite numbers, got NaN in row 1/);
    const fitted = model.fit([[1], [2]], ["a", "b"]);
    expect(() => fitted.predict([[1, 2]])).toThrow(/"X": expected 1 columns as in the training data, got 2/);
  });
});

/** Training and test rows, scaled by the training rows alone. */
function scaledLike(X: Matrix, train: number[], testRows: number[]): [Matrix, Matrix] {
  const own = takeRows(X, train);
  const scaled = standardized(own);
  const other = takeRows(X, testRows);
  const data = other.data.map((x, at) => {
    const j = at % X.cols;
    const column = Array.from({ length: own.rows }, (_, i) => own.data[i * X.cols + j] as number);
    const mean = column.reduce((sum, v) => sum + v, 0) / own.rows;
    const deviation = Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / own.rows);
    return (x - mean) / deviation;
  });
  return [scaled, { ...other, data }];
}

/** The largest entry of the smallest subgradient, in plain JavaScript. */
function worstSubgradient(fitted: FittedLogisticRegression, X: number[][], y: number[], C: number, l1: number): number {
  const K = fitted.coef.rows;
  const d = fitted.coef.cols;
  const proba = fitted.predictProba(X);
  let worst = 0;
  for (let k = 0; k < K; k++) {
    const column = K === 1 ? 1 : k;
    const residual = X.map(
      (_, i) => (proba.data[i * proba.cols + column] as number) - (fitted.classes[column] === y[i] ? 1 : 0),
    );
    worst = Math.max(worst, Math.abs(C * residual.reduce((sum, r) => sum + r, 0)));
    for (let j = 0; j < d; j++) {
      const w = fitted.coef.data[k * d + j] as number;
      const g = C * residual.reduce((sum, r, i) => sum + r * (X[i]?.[j] as number), 0) + (1 - l1) * w;
      worst = Math.max(worst, w === 0 ? Math.max(Math.abs(g) - l1, 0) : Math.abs(g + l1 * Math.sign(w)));
    }
  }
  return worst;
}
