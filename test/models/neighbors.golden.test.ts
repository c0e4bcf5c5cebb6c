import { expect, test } from "vitest";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { digits } from "../../src/datasets/digits.ts";
import { iris } from "../../src/datasets/iris.ts";
import { kNeighborsClassifierOn } from "../../src/models/k-neighbors-classifier.ts";
import { type NeighborsParams, neighborsParams } from "../../src/models/neighbors-params.ts";
import { core } from "../support/cores.ts";
import { splitAt } from "../support/tables.ts";
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly model: string;
  readonly data: "iris" | "digits" | "breast_cancer";
  readonly params: Partial<NeighborsParams>;
  readonly cv5: number[];
}

const { exact } = vectors<{ exact: Case[] }>("classifiers.json");
const folds = vectors<Record<Case["data"], { stratified5: number[][] }>>("folds.json");
const tables = { iris: iris(), digits: digits(), breast_cancer: breastCancer() };
const cases = exact.filter(({ model }) => model === "knn");

test("there are cases", () => {
  expect(cases.length).toBe(18);
});

test.each(cases.map((golden) => [`${golden.data} ${JSON.stringify(golden.params)}`, golden] as const))(
  "%s: equal accuracies on five stratified folds",
  (_, { data, params, cv5 }) => {
    const { X, y } = tables[data];
    const scores = folds[data].stratified5.map((rows) => {
      const part = splitAt(X, y as readonly (string | number)[], rows);
      const model = kNeighborsClassifierOn(() => core, neighborsParams("knn", params)).fit(part.X, part.y);
      const predicted = model.predict(part.testX);
      return predicted.filter((label, i) => label === part.testY[i]).length / rows.length;
    });
    expect(scores).toEqual(cv5);
  },
);
