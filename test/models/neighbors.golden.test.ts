import { expect, test } from "vitest";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { digits } from "../../src/datasets/digits.ts";
import { iris } from "../../src/datasets/iris.ts";
import type { Classifier } from "../../src/models/estimator.ts";
import { gaussianNbOn } from "../../src/models/bayes/gaussian-nb.ts";
import { gaussianNbParams } from "../../src/models/bayes/gaussian-nb-params.ts";
import { kNeighborsClassifierOn } from "../../src/models/neighbors/k-neighbors-classifier.ts";
import { neighborsParams } from "../../src/models/neighbors/neighbors-params.ts";
import { models as core } from "../support/cores.ts";
import { splitAt } from "../support/tables.ts";
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly model: string;
  readonly data: "iris" | "digits" | "breast_cancer";
  readonly params: object;
  readonly cv5: number[];
}

const { exact } = vectors<{ exact: Case[] }>("classifiers.json");
const folds = vectors<Record<Case["data"], { stratified5: number[][] }>>("folds.json");
const tables = { iris: iris(), digits: digits(), breast_cancer: breastCancer() };
const makers: Readonly<Record<string, (params: object) => Classifier<object>>> = {
  knn: (params) => kNeighborsClassifierOn(() => core, neighborsParams("knn", { ...params })),
  gaussian_nb: () => gaussianNbOn(() => core, gaussianNbParams({})),
};

test("there are cases", () => {
  expect(exact.length).toBe(21);
});

test.each(exact.map((golden) => [`${golden.model} ${golden.data} ${JSON.stringify(golden.params)}`, golden] as const))(
  "%s: equal accuracies on five stratified folds",
  (_, { model, data, params, cv5 }) => {
    const { X, y } = tables[data];
    const scores = folds[data].stratified5.map((rows) => {
      const part = splitAt(X, y as readonly (string | number)[], rows);
      const estimator = makers[model]?.(params) as Classifier<object>;
      const predicted = estimator.fit(part.X, part.y).predict(part.testX);
      return predicted.filter((label, i) => label === part.testY[i]).length / rows.length;
    });
    expect(scores).toEqual(cv5);
  },
);
