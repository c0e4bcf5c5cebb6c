import { defaultTrees } from "../../wasm/default-trees.ts";
import type { EstimatorMaker } from "../estimator.ts";
import { forestClassifierKind, forestRegressorKind, forestSpace } from "./forest-kind.ts";
import {
  type TreeClassifier,
  treeClassifierOn,
  type TreeKind,
  type TreeRegressor,
  treeRegressorOn,
} from "./tree-estimator.ts";
import type { ForestClassifierParams, ForestRegressorParams } from "./tree-params.ts";

export type RandomForestClassifier = TreeClassifier<ForestClassifierParams>;
export type RandomForestRegressor = TreeRegressor<ForestRegressorParams>;

export const randomForestClassifierKind: TreeKind<ForestClassifierParams> = forestClassifierKind(
  "randomForestClassifier",
  {
    randomCuts: false,
    bootstrap: true,
  },
);
export const randomForestRegressorKind: TreeKind<ForestRegressorParams> = forestRegressorKind("randomForestRegressor", {
  randomCuts: false,
  bootstrap: true,
});

/**
 * Classification trees on rows drawn with replacement, with a part of the features looked at in each node; predictions
 * are the mean of the trees' class shares. Rows drawn twice count twice; the sizes of nodes are those of different rows.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 * Method: Breiman (2001), Random forests.
 */
export const randomForestClassifier: EstimatorMaker<RandomForestClassifier, ForestClassifierParams> = Object.assign(
  (params: Partial<ForestClassifierParams> = {}): RandomForestClassifier =>
    treeClassifierOn(randomForestClassifierKind, defaultTrees, randomForestClassifierKind.check(params)),
  { space: forestSpace },
);

/** The same with regression trees by squared error, which look at all features by default. */
export const randomForestRegressor: EstimatorMaker<RandomForestRegressor, ForestRegressorParams> = Object.assign(
  (params: Partial<ForestRegressorParams> = {}): RandomForestRegressor =>
    treeRegressorOn(randomForestRegressorKind, defaultTrees, randomForestRegressorKind.check(params)),
  { space: forestSpace },
);
