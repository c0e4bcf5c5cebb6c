import type { LabelsLike } from "../../core/labels.ts";
import type { Space } from "../../core/space.ts";
import type { Features } from "../../core/table.ts";
import type { TreesCore } from "../../wasm/core.ts";
import type { Classifier, EstimatorParams, FitOptions, Regressor } from "../estimator.ts";
import {
  fittedTreeClassifier,
  type FittedTreeClassifier,
  fittedTreeRegressor,
  type FittedTreeRegressor,
} from "./fitted-trees.ts";
import { growForest } from "./forest-fit.ts";
import { oobAccuracy, oobR2 } from "./out-of-bag.ts";
import { classificationData, regressionData, sampleWeights } from "../training-data.ts";
import type { TreeSettings } from "./tree-settings.ts";

/** How one kind of tree or forest differs from the others. */
export interface TreeKind<P extends EstimatorParams> {
  readonly name: string;
  /** `base`, or else the defaults, with `changes`, checked. */
  check(changes: Readonly<Record<string, unknown>>, base?: Readonly<P>): Readonly<P>;
  settings(params: Readonly<P>): TreeSettings;
  space(): Space;
}

/** A tree or forest for classification that has not seen data. */
export interface TreeClassifier<P extends EstimatorParams> extends Classifier<P> {
  with(params: Readonly<Record<string, unknown>>): TreeClassifier<P>;
  fit(X: Features, y: LabelsLike, options?: FitOptions): FittedTreeClassifier<P>;
}

/** A tree or forest for regression that has not seen data. */
export interface TreeRegressor<P extends EstimatorParams> extends Regressor<P> {
  with(params: Readonly<Record<string, unknown>>): TreeRegressor<P>;
  fit(X: Features, y: ArrayLike<number>, options?: FitOptions): FittedTreeRegressor<P>;
}

/** A classifier of this kind on the core that `core` returns, asked for at each fit. */
export function treeClassifierOn<P extends EstimatorParams>(
  kind: TreeKind<P>,
  core: () => TreesCore,
  params: Readonly<P>,
): TreeClassifier<P> {
  const { name, space } = kind;
  return Object.freeze({
    name,
    task: "classification",
    params,
    space,
    with: (changes: Readonly<Record<string, unknown>>) => treeClassifierOn(kind, core, kind.check(changes, params)),
    fit: (X: Features, y: LabelsLike, options: FitOptions = {}) => {
      const { X: matrix, labels } = classificationData(X, y);
      const { classes, codes } = labels;
      const weights = sampleWeights(options, matrix.rows);
      const on = core();
      const target = { y: codes, classes: classes.length };
      const { forest, outOfBag } = growForest(on, kind.settings(params), matrix, target, weights);
      const oobScore = outOfBag === null ? null : oobAccuracy(outOfBag, codes, classes.length);
      return fittedTreeClassifier(on, { name, params, classes, forest, oobScore });
    },
  });
}

/** A regressor of this kind on the core that `core` returns, asked for at each fit. */
export function treeRegressorOn<P extends EstimatorParams>(
  kind: TreeKind<P>,
  core: () => TreesCore,
  params: Readonly<P>,
): TreeRegressor<P> {
  const { name, space } = kind;
  return Object.freeze({
    name,
    task: "regression",
    params,
    space,
    with: (changes: Readonly<Record<string, unknown>>) => treeRegressorOn(kind, core, kind.check(changes, params)),
    fit: (X: Features, y: ArrayLike<number>, options: FitOptions = {}) => {
      const { X: matrix, y: values } = regressionData(X, y);
      const weights = sampleWeights(options, matrix.rows);
      const on = core();
      const target = { y: values, classes: 0 };
      const { forest, outOfBag } = growForest(on, kind.settings(params), matrix, target, weights);
      const oobScore = outOfBag === null ? null : oobR2(outOfBag, values);
      return fittedTreeRegressor(on, { name, params, classes: null, forest, oobScore });
    },
  });
}
