import { isTable } from "../core/table.ts";
import { mlp, tuneNetwork } from "../neural.ts";
import type { AnyTransform } from "../preprocessing/steps.ts";
import { median } from "../pruners/median.ts";
import { toTargets } from "../selection/targets.ts";
import { trainTestSplit } from "../selection/train-test-split.ts";
import type { SearchOptions } from "../selection/search-options.ts";
import type { Found } from "./found.ts";
import { networkFound } from "./network-found.ts";
import type { Samples } from "./tune-table.ts";

const tasks = { mlpClassifier: "classification", mlpRegressor: "regression" } as const;

export type MlpName = keyof typeof tasks;

/** Whether a model's name is that of a multilayer perceptron, which no registry of estimators has. */
export function isMlp(model: string): model is MlpName {
  return Object.hasOwn(tasks, model);
}

/** What `tuneMlp` takes of what searches take. */
export type MlpSearch = Omit<SearchOptions, "cv" | "scoring" | "refit" | "trainScore" | "errorScore"> & {
  readonly cv: number;
  readonly seed: number;
};

/** Tunes a perceptron on the rows that are left when a share of 1 / cv is held out, prepared by what these rows tell. */
export async function tuneMlp(
  model: MlpName,
  preparation: AnyTransform,
  { X, y }: Samples,
  { cv, ...search }: MlpSearch,
): Promise<Found> {
  const task = tasks[model];
  const targets = toTargets(task, y, y.length);
  const split = { testSize: 1 / cv, stratify: task === "classification", seed: search.seed };
  const { trainX, trainY, testX, testY } = isTable(X)
    ? trainTestSplit(X, targets, split)
    : trainTestSplit(X, targets, split);
  const fitted = preparation.fit(trainX);
  const tuned = await tuneNetwork(mlp, fitted.transform(trainX), trainY, {
    ...search,
    task,
    validation: { X: fitted.transform(testX), y: testY },
    pruner: median(),
    refit: false,
  });
  return networkFound(tuned);
}
