import { describe, expect, test } from "vitest";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { digits } from "../../src/datasets/digits.ts";
import { iris } from "../../src/datasets/iris.ts";
import { svcOn } from "../../src/models/svm/svc.ts";
import { type SvcParams, svcParams } from "../../src/models/svm/svc-params.ts";
import { models as release, modelsCores } from "../support/cores.ts";
import { rowsOf, splitAt, standardized } from "../support/tables.ts";
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly data: "iris" | "digits" | "breast_cancer";
  readonly standardized: boolean;
  readonly params: Partial<SvcParams>;
  readonly n_support: number[];
  readonly intercept: number[];
  readonly decision_first20: number[][];
  readonly train_accuracy: number;
  readonly cv5: number[];
}

const { cases } = vectors<{ cases: Case[] }>("svc.json");
const random = vectors<{ candidates: SvcParams[]; split_scores: number[][] }>("svc-random-digits.json");
const folds = vectors<Record<Case["data"], { stratified5: number[][] }>>("folds.json");
const tables = { iris: iris(), digits: digits(), breast_cancer: breastCancer() };

const label = ({ data, params }: Case): string => `${data} ${JSON.stringify(params)}`;
const hits = (predicted: readonly unknown[], y: readonly unknown[]): number =>
  predicted.filter((value, i) => value === y[i]).length;

test("there are cases", () => {
  expect(cases.length).toBe(19);
  expect(random.candidates.length).toBe(6);
});

describe.each(modelsCores)("$build: machines trained to 1e-8", ({ core }) => {
  const small = cases.filter(({ data }) => data !== "digits");
  test.each(small.map((golden) => [label(golden), golden] as const))("%s", (_, golden) => {
    const { y } = tables[golden.data];
    const X = standardized(tables[golden.data].X);
    const machine = svcOn(() => core, svcParams({ ...golden.params, tol: 1e-8 })).fit(X, y);
    expect(machine.converged).toBe(true);
    expect(machine.nSupport).toEqual(golden.n_support);
    expect(hits(machine.predict(X), y) / y.length).toBe(golden.train_accuracy);
    golden.intercept.forEach((value, pair) => expect(machine.intercepts[pair]).toBeCloseTo(value, 5));
    const decided = machine.decisionFunction(rowsOf(X, [...Array(20).keys()]));
    expect(decided.cols).toBe(golden.intercept.length);
    golden.decision_first20.flat().forEach((value, at) => {
      expect(Math.abs((decided.data[at] as number) - value)).toBeLessThan(2e-5);
    });
  });
});

describe("five stratified folds", () => {
  const score = (name: Case["data"], params: Partial<SvcParams>, scale: boolean): number[] =>
    folds[name].stratified5.map((rows) => {
      const part = splitAt(tables[name].X, tables[name].y as readonly (string | number)[], rows);
      const X = scale ? standardized(part.X) : part.X;
      const testX = scale ? standardized(part.testX, part.X) : part.testX;
      return (
        hits(
          svcOn(() => release, svcParams(params))
            .fit(X, part.y)
            .predict(testX),
          part.testY,
        ) / rows.length
      );
    });

  test.each(cases.map((golden) => [label(golden), golden] as const))("%s: equal accuracies", (_, golden) => {
    expect(score(golden.data, golden.params, golden.standardized)).toEqual(golden.cv5);
  });

  test.each(random.candidates.map((params, i) => [JSON.stringify(params), params, i] as const))(
    "digits %s: equal accuracies",
    (_, params, i) => {
      expect(score("digits", params, false)).toEqual(random.split_scores[i]);
    },
  );

  test.each(cases.filter(({ data }) => data === "digits").map((golden) => [label(golden), golden] as const))(
    "%s: equal counts of support vectors",
    (_, golden) => {
      const { X, y } = tables.digits;
      expect(svcOn(() => release, svcParams(golden.params)).fit(X, y).nSupport).toEqual(golden.n_support);
    },
  );
});
