// What the page offers: tables, models, samplers; and one search over them.
import { auto, cmaes, evolution, gp, qmc, random, tpe } from "vernier";
import { breastCancer, digits, iris } from "vernier/datasets.js";
import { estimatorNamed } from "vernier/models.js";
import { pipeline, standardScaler } from "vernier/preprocessing.js";
import { tune } from "vernier/selection.js";

export const tables = { iris, "breast-cancer": breastCancer, digits };

export const samplers = { auto, tpe, gp, cmaes, evolution, qmc, random };

export const models = {
  svc: "support vector classifier",
  logisticRegression: "logistic regression",
  linearSvc: "linear support vector classifier",
  kNeighborsClassifier: "nearest neighbors",
  decisionTreeClassifier: "decision tree",
  randomForestClassifier: "random forest",
  extraTreesClassifier: "extremely randomized trees",
  gradientBoostingClassifier: "gradient boosting",
};

/** Tunes a model on a table, its columns scaled; calls `onTrial` with each trial that ended. Resolves with the study. */
export async function search({ table, model, sampler, ...options }, { signal, onTrial }) {
  const { X, y } = tables[table]();
  const estimator = pipeline([standardScaler(), estimatorNamed(model)]);
  const { study } = await tune(estimator, X, y, {
    ...options,
    sampler: samplers[sampler](),
    refit: false,
    signal,
    onTrial,
  });
  return study;
}

/** The command that makes the same study. */
export function commandLine({ table, model, sampler, trials, seed, workers, lag }) {
  const options = { model, sampler, trials, seed, workers, lag };
  const words = Object.entries(options).map(([name, value]) => `--${name} ${value}`);
  return `npx vernier tune ${table} --scale ${words.join(" ")}`;
}
