import { float, int, type Space } from "../../core/space.ts";
import type { TreeKind } from "./tree-estimator.ts";
import {
  type ForestClassifierParams,
  forestClassifierParams,
  type ForestParams,
  type ForestRegressorParams,
  forestRegressorParams,
  treeSizeDefaults,
} from "./tree-params.ts";

/** What random forests and extra trees differ in: thresholds, and the default of `bootstrap`. */
interface ForestHabits {
  readonly randomCuts: boolean;
  readonly bootstrap: boolean;
}

export function forestClassifierKind(
  name: string,
  { randomCuts, bootstrap }: ForestHabits,
): TreeKind<ForestClassifierParams> {
  const defaults: ForestClassifierParams = {
    ...forestDefaults(bootstrap),
    criterion: "gini",
    ...treeSizeDefaults,
    maxFeatures: "sqrt",
    classWeight: null,
  };
  return {
    name,
    check: (changes, base = defaults) => forestClassifierParams(name, changes, base),
    settings: (params) => ({ ...params, criterion: params.criterion === "gini" ? "gini" : "entropy", randomCuts }),
    space: forestSpace,
  };
}

export function forestRegressorKind(
  name: string,
  { randomCuts, bootstrap }: ForestHabits,
): TreeKind<ForestRegressorParams> {
  const defaults: ForestRegressorParams = { ...forestDefaults(bootstrap), ...treeSizeDefaults };
  return {
    name,
    check: (changes, base = defaults) => forestRegressorParams(name, changes, base),
    settings: (params) => ({ ...params, criterion: "squaredError", randomCuts, classWeight: null }),
    space: forestSpace,
  };
}

/** Trees from 50 to 500 and rows in a leaf from 1 to 20, by their logarithm; share of features looked at from 0.1 to 1. */
export function forestSpace(): Space {
  return {
    trees: int(50, 500, { log: true }),
    minSamplesLeaf: int(1, 20, { log: true }),
    maxFeatures: float(0.1, 1),
  };
}

function forestDefaults(bootstrap: boolean): ForestParams {
  return { trees: 100, bootstrap, maxSamples: null, oobScore: false };
}
