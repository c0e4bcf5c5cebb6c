import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { iris } from "../../src/datasets/iris.ts";
import { type Classifier, estimatorNamed, linearSvc, logisticRegression, svc } from "../../src/models/index.ts";
import type { FittedClassifier, FittedRegressor } from "../../src/models/index.ts";
import { dense, numbers } from "../support/dense.ts";
import { meanArea } from "../support/mean-area.ts";
import { standardized } from "../support/standardized.ts";
import { rowsOf } from "../support/tables.ts";
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly model: "logisticRegression" | "svc" | "ridge" | "elasticNet" | "svr";
  readonly data: "iris" | "breast_cancer" | "mean_area";
  readonly params: Readonly<Record<string, number>>;
  readonly classWeight: null | "balanced";
  readonly values: number[][];
}
const golden = vectors<{ readonly weighted: Case[] }>("linear.json").weighted;
const tables = {
  iris: { X: standardized(iris().X), y: iris().y },
  breast_cancer: { X: standardized(breastCancer().X), y: breastCancer().y },
  mean_area: meanArea(),
};
const labelsAt = <L>(y: readonly L[], rows: readonly number[]): L[] => rows.map((row) => y[row] as L);

test.each(golden)("$model on $data, class weight $classWeight: the reference's values", (it) => {
  const { X, y } = tables[it.data];
  const sampleWeight = Array.from({ length: X.rows }, (_, i) => 0.5 + (i % 4));
  const tol = it.model === "svc" || it.model === "svr" ? { tol: 1e-9 } : {};
  const classWeight = it.data === "mean_area" ? {} : { classWeight: it.classWeight };
  const model = estimatorNamed(it.model, { ...it.params, ...tol, ...classWeight }) as Classifier;
  const fitted = model.fit(X, y as readonly string[], { sampleWeight }) as FittedClassifier & FittedRegressor;
  const first = rowsOf(X, [...Array(20).keys()]);
  const got = it.data === "mean_area" ? fitted.predict(first) : (fitted.decisionFunction?.(first).data as Float64Array);
  // Scores of several classes are determined but for a number common to a row: the reference's sum to zero too.
  it.values.flat().forEach((value, at) => expect(Math.abs((got[at] as number) - value)).toBeLessThan(1e-6));
});

const makers: Record<string, (C: number) => Classifier<object>> = {
  "logistic, L2": (C) => logisticRegression({ C }),
  "logistic, L1": (C) => logisticRegression({ C, penalty: "l1" }),
  "logistic, elastic net": (C) => logisticRegression({ C, penalty: "elasticnet", l1Ratio: 0.4 }),
  "logistic, balanced": (C) => logisticRegression({ C, classWeight: "balanced" }),
  svc: (C) => svc({ C, tol: 1e-10 }),
  "svc, balanced": (C) => svc({ C, tol: 1e-10, kernel: "linear", classWeight: "balanced" }),
  linearSvc: (C) => linearSvc({ C }),
  "linearSvc, balanced": (C) => linearSvc({ C, classWeight: "balanced" }),
};

describe.each(Object.entries(makers))("%s", (_, make) => {
  test("a weight of 2 is a row that is there twice, one of 0 a row that is not there", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(2, 3),
        fc.constantFrom(0.1, 2),
        (seed, classes, C) => {
          const X = dense(24, 3, seed);
          const noise = numbers(24, seed + 1);
          const y = Array.from({ length: 24 }, (__, i) =>
            i < 2 * classes
              ? i % classes
              : Math.floor(classes * Math.abs(((X.data[3 * i] as number) + (noise[i] as number)) / 2)),
          );
          const weights = Array.from({ length: 24 }, (__, i) => (i < classes ? 1 : (i * 7) % 3));
          const rows = weights.flatMap((weight, i) => Array.from({ length: weight }, () => i));
          const weighted = make(C).fit(X, y, { sampleWeight: weights });
          const repeated = make(C).fit(rowsOf(X, rows), labelsAt(y, rows));
          expect(weighted.classes).toEqual(repeated.classes);
          const a = weighted.decisionFunction?.(X).data as Float64Array;
          const b = repeated.decisionFunction?.(X).data as Float64Array;
          a.forEach((value, at) => expect(Math.abs(value - (b[at] as number))).toBeLessThan(1e-6));
        },
      ),
      { numRuns: 25, seed: 3 },
    );
  });

  test("weights of 1 change nothing; a class of weight 0 is gone", () => {
    const { X, y } = tables.iris;
    const model = make(1);
    const plain = model.fit(X, y).decisionFunction?.(X);
    expect(model.fit(X, y, { sampleWeight: y.map(() => 1) }).decisionFunction?.(X)).toEqual(plain);
    const two = model.fit(X, y, { sampleWeight: y.map((label) => (label === y[0] ? 0 : 1)) });
    expect(two.classes).toEqual([...new Set(y)].sort().filter((label) => label !== y[0]));
    expect(() => model.fit(X, y, { sampleWeight: y.map((label) => (label === y[0] ? 1 : 0)) })).toThrow(
      "expected at least two classes",
    );
  });

  test("bad weights are refused", () => {
    const { X, y } = tables.iris;
    const fit = (sampleWeight: unknown) => () => make(1).fit(X, y, { sampleWeight: sampleWeight as number[] });
    expect(fit([1, 2])).toThrow('"sampleWeight": expected 150 numbers');
    expect(fit(y.map(() => -1))).toThrow('"sampleWeight": expected numbers >= 0, got -1 at position 0');
    expect(fit(y.map(() => 0))).toThrow('"sampleWeight": expected at least one weight > 0');
    expect(() => make(1).with({ classWeight: "even" })).toThrow(
      '"classWeight": expected one of null, "balanced", got "even"',
    );
  });
});

test("balanced: a class counts as much as the others, whatever its size", () => {
  const X = [[0], [1], [2], [3], [4], [5], [6], [7], [2.5], [3.5]];
  const y = [...Array(8).fill("a"), "b", "b"] as string[];
  for (const make of [logisticRegression, linearSvc]) {
    const balanced = make({ classWeight: "balanced" }).fit(X, y);
    const byHand = make().fit(X, y, { sampleWeight: y.map((label) => (label === "a" ? 10 / 16 : 10 / 4)) });
    expect(balanced.coef).toEqual(byHand.coef);
  }
});

test("weights smaller than 1 do not make classes look separated", () => {
  const X = [[0], [1], [2], [3], [4], [5]];
  const y = ["a", "a", "b", "a", "b", "b"];
  const model = logisticRegression({ penalty: "none" });
  const plain = model.fit(X, y);
  const light = model.fit(X, y, { sampleWeight: y.map(() => 1e-3) });
  expect([plain.converged, light.converged]).toEqual([true, true]);
  expect(light.coef.data[0]).toBeCloseTo(plain.coef.data[0] as number, 8);
});
