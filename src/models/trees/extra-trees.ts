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

export type ExtraTreesClassifier = TreeClassifier<ForestClassifierParams>;
export type ExtraTreesRegressor = TreeRegressor<ForestRegressorParams>;

export const extraTreesClassifierKind: TreeKind<ForestClassifierParams> = forestClassifierKind("extraTreesClassifier", {
  randomCuts: true,
  bootstrap: false,
});
export const extraTreesRegressorKind: TreeKind<ForestRegressorParams> = forestRegressorKind("extraTreesRegressor", {
  randomCuts: true,
  bootstrap: false,
});

/**
 * Classification trees that cut each feature they look at once, at a threshold drawn between its least and greatest
 * value in the node, and take the best of these; predictions are the mean of the trees' class shares.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 * Method: Geurts, Ernst, Wehenkel (2006), Extremely randomized trees.
 */
export const extraTreesClassifier: EstimatorMaker<ExtraTreesClassifier, ForestClassifierParams> = Object.assign(
  (params: Partial<ForestClassifierParams> = {}): ExtraTreesClassifier =>
    treeClassifierOn(extraTreesClassifierKind, defaultTrees, extraTreesClassifierKind.check(params)),
  { space: forestSpace },
);

/** The same with regression trees by squared error, which look at all features by default. */
export const extraTreesRegressor: EstimatorMaker<ExtraTreesRegressor, ForestRegressorParams> = Object.assign(
  (params: Partial<ForestRegressorParams> = {}): ExtraTreesRegressor =>
    treeRegressorOn(extraTreesRegressorKind, defaultTrees, extraTreesRegressorKind.check(params)),
  { space: forestSpace },
);
