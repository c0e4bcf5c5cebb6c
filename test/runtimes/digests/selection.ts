import { choice, float } from "vernier";
import { digits, iris } from "vernier/datasets";
import { gaussianNb, logisticRegression, svc } from "vernier/models";
import {
  bayesSearch,
  crossValidate,
  gridSearch,
  groupKFold,
  groupShuffleSplit,
  halvingGridSearch,
  halvingRandomSearch,
  kFold,
  learningCurve,
  leaveOneGroupOut,
  leaveOneOut,
  leavePOut,
  nestedCrossValidate,
  permutationTestScore,
  predefinedSplit,
  randomSearch,
  repeatedKFold,
  repeatedStratifiedKFold,
  type SearchResult,
  shuffleSplit,
  type Splitter,
  stratifiedGroupKFold,
  stratifiedKFold,
  stratifiedShuffleSplit,
  timeSeriesSplit,
  trainTestSplit,
  tune,
} from "vernier/selection";
import type { Results } from "./digest.ts";

const flowers = iris();
const groups = flowers.y.map((_, i) => `group ${(i * 7) % 11}`);
// The first 300 digits, and half of their pixels.
const numerals = digits();
const X = Array.from({ length: 300 }, (_, i) => numerals.X.data.slice(64 * i + 16, 64 * i + 48));
const y = numerals.y.slice(0, 300);
const few = leavePOut({ p: 2 });

const splitters: readonly Splitter[] = [
  kFold(),
  kFold({ shuffle: true, seed: 3 }),
  stratifiedKFold(),
  stratifiedKFold({ shuffle: true, seed: 3 }),
  repeatedKFold({ splits: 3, repeats: 2, seed: 3 }),
  repeatedStratifiedKFold({ splits: 3, repeats: 2, seed: 3 }),
  shuffleSplit({ splits: 2, seed: 3 }),
  stratifiedShuffleSplit({ splits: 2, seed: 3 }),
  groupKFold({ groups, splits: 4 }),
  stratifiedGroupKFold({ groups, splits: 4, shuffle: true, seed: 3 }),
  groupShuffleSplit({ groups, splits: 2, seed: 3 }),
  leaveOneOut(),
  leaveOneGroupOut({ groups }),
  timeSeriesSplit(),
  predefinedSplit({ testFold: flowers.y.map((_, i) => (i % 4) - 1) }),
];

/** A search's digest, and its table without durations. */
async function found(search: Promise<SearchResult>): Promise<unknown> {
  const { study, table, best, bestEstimator } = await search;
  const rows = table.map(({ params, splits, mean, std, rank }) => ({ params, splits, mean, std, rank }));
  return [study.digest(), study.stopReason, best.number, bestEstimator?.save?.(), rows];
}

const shared = { cv: 3, seed: 7, lag: 4 };

/** Every splitter and search; the searches of `vernier demo` on less data. */
export const selectionResults: Results = {
  ...Object.fromEntries(splitters.map((splitter, i) => [`${splitter.name} ${i}`, () => splitter.split(flowers.y)])),
  leavePOut: () => few.split(flowers.y.slice(0, 12)),
  trainTestSplit: () => trainTestSplit(flowers.X, flowers.y, { seed: 3, stratify: true }),
  "grid search of logistic regression on iris": async () => {
    const grid = { C: [0.01, 0.1, 1, 10], penalty: ["l1", "l2"] };
    return found(gridSearch(logisticRegression(), grid, flowers.X, flowers.y, { ...shared, cv: 5 }));
  },
  "random search of svc on digits": async () => {
    const space = {
      C: float(0.01, 1.01),
      kernel: choice(["linear", "rbf"]),
      gamma: choice(["scale", 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    };
    return found(randomSearch(svc(), space, X, y, { ...shared, trials: 12 }));
  },
  "bayesian search of svc on digits": async () => {
    const space = { C: float(1e-2, 1e3, { log: true }), gamma: float(1e-5, 1e-1, { log: true }) };
    return found(bayesSearch(svc({ kernel: "rbf" }), space, X, y, { ...shared, trials: 14, patience: 8 }));
  },
  tune: async () => found(tune(logisticRegression, flowers.X, flowers.y, { ...shared, trials: 12 })),
  halvingGridSearch: async () =>
    found(halvingGridSearch(svc(), { C: [0.1, 1, 10], gamma: [0.01, 0.1, 1] }, flowers.X, flowers.y, shared) as never),
  halvingRandomSearch: async () =>
    found(halvingRandomSearch(svc(), { C: float(0.01, 100, { log: true }) }, flowers.X, flowers.y, shared) as never),
  crossValidate: () => crossValidate(svc(), flowers.X, flowers.y, { cv: 4, scoring: ["accuracy", "f1Macro"] }).metrics,
  learningCurve: () => learningCurve(gaussianNb(), flowers.X, flowers.y, { cv: 3 }).map(({ testScores }) => testScores),
  permutationTestScore: () => permutationTestScore(gaussianNb(), flowers.X, flowers.y, { permutations: 8, seed: 3 }),
  nestedCrossValidate: async () => {
    const judged = { search: gridSearch, estimator: svc(), candidates: { C: [0.1, 1] }, options: { cv: 3, seed: 7 } };
    return (await nestedCrossValidate(judged, flowers.X, flowers.y, { outer: 3 })).metrics;
  },
};
