import { float, int, type Space } from "../../core/space.ts";
import { defaultTrees } from "../../wasm/default-trees.ts";
import type { EstimatorMaker } from "../estimator.ts";
import {
  type TreeClassifier,
  treeClassifierOn,
  type TreeKind,
  type TreeRegressor,
  treeRegressorOn,
} from "./tree-estimator.ts";
import {
  type DecisionTreeClassifierParams,
  decisionTreeClassifierParams,
  type DecisionTreeRegressorParams,
  decisionTreeRegressorParams,
  treeSizeDefaults,
} from "./tree-params.ts";

export type DecisionTreeClassifier = TreeClassifier<DecisionTreeClassifierParams>;
export type DecisionTreeRegressor = TreeRegressor<DecisionTreeRegressorParams>;

const alone = { trees: 1, bootstrap: false, maxSamples: null, oobScore: false } as const;

export const decisionTreeClassifierKind: TreeKind<DecisionTreeClassifierParams> = {
  name: "decisionTreeClassifier",
  check: (changes, base = { criterion: "gini", splitter: "best", ...treeSizeDefaults, classWeight: null }) =>
    decisionTreeClassifierParams(changes, base),
  settings: ({ criterion, splitter, ...rest }) => ({
    ...rest,
    ...alone,
    criterion: criterion === "gini" ? "gini" : "entropy",
    randomCuts: splitter === "random",
  }),
  space: decisionTreeSpace,
};

export const decisionTreeRegressorKind: TreeKind<DecisionTreeRegressorParams> = {
  name: "decisionTreeRegressor",
  check: (changes, base = { splitter: "best", ...treeSizeDefaults }) => decisionTreeRegressorParams(changes, base),
  settings: ({ splitter, ...rest }) => ({
    ...rest,
    ...alone,
    criterion: "squaredError",
    randomCuts: splitter === "random",
    classWeight: null,
  }),
  space: decisionTreeSpace,
};

/**
 * A classification tree: nodes are split where it takes most off the impurity, until they are pure or settings stop it.
 * Of splits that are equally good the lowest feature wins, then the lowest threshold. With all features and
 * `splitter: "best"` nothing is random, and the order of the rows does not matter.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 * Method: Breiman, Friedman, Olshen, Stone (1984), Classification and Regression Trees.
 */
export const decisionTreeClassifier: EstimatorMaker<DecisionTreeClassifier, DecisionTreeClassifierParams> =
  Object.assign(
    (params: Partial<DecisionTreeClassifierParams> = {}): DecisionTreeClassifier =>
      treeClassifierOn(decisionTreeClassifierKind, defaultTrees, decisionTreeClassifierKind.check(params)),
    { space: decisionTreeSpace },
  );

/** A regression tree by squared error; else as `decisionTreeClassifier`. */
export const decisionTreeRegressor: EstimatorMaker<DecisionTreeRegressor, DecisionTreeRegressorParams> = Object.assign(
  (params: Partial<DecisionTreeRegressorParams> = {}): DecisionTreeRegressor =>
    treeRegressorOn(decisionTreeRegressorKind, defaultTrees, decisionTreeRegressorKind.check(params)),
  { space: decisionTreeSpace },
);

/** Depth 1 to 32 and rows in a leaf 1 to 20, by their logarithm; share of features looked at from 0.1 to 1. */
function decisionTreeSpace(): Space {
  return {
    maxDepth: int(1, 32, { log: true }),
    minSamplesLeaf: int(1, 20, { log: true }),
    maxFeatures: float(0.1, 1),
  };
}
