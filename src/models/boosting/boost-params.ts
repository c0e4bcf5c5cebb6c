import { expectInteger, expectNumber, expectOneOf, show, VernierError } from "../../core/errors.ts";
import { mergeParams } from "../merge-params.ts";

/** Settings of histogram gradient boosting; meanings and defaults are those of scikit-learn's HistGradientBoosting*. */
export type BoostParams = {
  /** What each tree's values are multiplied by, > 0. */
  readonly learningRate: number;
  /** Stages of boosting at most, >= 1; each grows one tree, with more than two classes one a class. */
  readonly trees: number;
  /** Leaves of a tree at most, >= 2, or null for no limit. */
  readonly maxLeafNodes: number | null;
  /** Splits between a tree's root and a leaf at most, >= 1, or null for no limit. */
  readonly maxDepth: number | null;
  /** Rows of a leaf at least, >= 1, whatever their weights. */
  readonly minSamplesLeaf: number;
  /** What is added to the sum of second derivatives in a leaf, >= 0. */
  readonly l2Regularization: number;
  /** Share of the columns that each split chooses from, > 0 to 1; drawn anew for each split. */
  readonly maxFeatures: number;
  /** Bins of a column at most, 2 to 255, missing values apart. */
  readonly maxBins: number;
  /**
   * Numbers of the columns (from 0) whose numbers are codes of categories, joined by commas: `"0,3"`. Such a column has
   * at most `maxBins` categories. One that training did not see counts as missing.
   */
  readonly categoricalFeatures: string;
  /** Whether boosting stops when the loss no longer falls; "auto": with more than 10,000 rows. */
  readonly earlyStopping: boolean | "auto";
  /** Share of the rows held back to measure that loss, > 0 and < 1, or null to take the training loss. */
  readonly validationFraction: number | null;
  /** Stages without improvement after which boosting stops, >= 1. */
  readonly nIterNoChange: number;
  /** What counts as improvement, >= 0. */
  readonly tol: number;
  /** Of the rows held back and the columns drawn; a whole number >= 0. */
  readonly seed: number;
};

export type GradientBoostingClassifierParams = BoostParams & {
  /** "balanced": each class has the same total weight. */
  readonly classWeight: "balanced" | null;
};

export const regressionLosses = ["squaredError", "absoluteError", "poisson", "quantile"] as const;

export type GradientBoostingRegressorParams = BoostParams & {
  /**
   * "squaredError": the mean is predicted; "absoluteError": the median; "quantile": the quantile `quantile`;
   * "poisson": the mean of counts, y >= 0, by its logarithm.
   */
  readonly loss: (typeof regressionLosses)[number];
  /** From 0 to 1, both excluded; used by loss "quantile" alone. */
  readonly quantile: number;
};

const defaults: BoostParams = {
  learningRate: 0.1,
  trees: 100,
  maxLeafNodes: 31,
  maxDepth: null,
  minSamplesLeaf: 20,
  l2Regularization: 0,
  maxFeatures: 1,
  maxBins: 255,
  categoricalFeatures: "",
  earlyStopping: "auto",
  validationFraction: 0.1,
  nIterNoChange: 10,
  tol: 1e-7,
  seed: 0,
};
const classifierDefaults: GradientBoostingClassifierParams = { ...defaults, classWeight: null };
const regressorDefaults: GradientBoostingRegressorParams = { ...defaults, loss: "squaredError", quantile: 0.5 };

const I32_MAX = 2_147_483_647;

/** `base` with `changes`, checked and frozen; throws `invalid-argument` for an unknown name or a value not allowed. */
export function classifierParams(
  changes: Readonly<Record<string, unknown>>,
  base: GradientBoostingClassifierParams = classifierDefaults,
): Readonly<GradientBoostingClassifierParams> {
  const params = mergeParams("gradientBoostingClassifier", changes, base);
  return Object.freeze({
    ...checked(params),
    classWeight: expectOneOf("classWeight", params.classWeight, ["balanced", null]) as "balanced" | null,
  });
}

/** The same for the regressor. */
export function regressorParams(
  changes: Readonly<Record<string, unknown>>,
  base: GradientBoostingRegressorParams = regressorDefaults,
): Readonly<GradientBoostingRegressorParams> {
  const params = mergeParams("gradientBoostingRegressor", changes, base);
  return Object.freeze({
    ...checked(params),
    loss: expectOneOf("loss", params.loss, regressionLosses),
    quantile: expectNumber("quantile", params.quantile, "a number between 0 and 1", inside),
  });
}

/** The numbers in `categoricalFeatures`, increasing. */
export function categoricalColumns(list: string): number[] {
  return list === ""
    ? []
    : list
        .split(",")
        .map(Number)
        .sort((a, b) => a - b);
}

const inside = (value: number): boolean => value > 0 && value < 1;

function checked(params: Readonly<Record<keyof BoostParams, unknown>>): BoostParams {
  const orNull = <T>(value: unknown, check: () => T): T | null => (value === null ? null : check());
  const share = (value: number): boolean => value > 0 && value <= 1;
  return {
    learningRate: expectNumber("learningRate", params.learningRate, "a finite number > 0", (value) => value > 0),
    trees: expectInteger("trees", params.trees, 1, 10_000_000),
    maxLeafNodes: orNull(params.maxLeafNodes, () => expectInteger("maxLeafNodes", params.maxLeafNodes, 2, I32_MAX)),
    maxDepth: orNull(params.maxDepth, () => expectInteger("maxDepth", params.maxDepth, 1, I32_MAX)),
    minSamplesLeaf: expectInteger("minSamplesLeaf", params.minSamplesLeaf, 1, 1_000_000_000),
    l2Regularization: expectNumber("l2Regularization", params.l2Regularization, "a finite number >= 0", (v) => v >= 0),
    maxFeatures: expectNumber("maxFeatures", params.maxFeatures, "a number > 0 and <= 1", share),
    maxBins: expectInteger("maxBins", params.maxBins, 2, 255),
    categoricalFeatures: checkList(params.categoricalFeatures),
    earlyStopping: expectOneOf("earlyStopping", params.earlyStopping, ["auto", true, false]) as boolean | "auto",
    validationFraction: orNull(params.validationFraction, () =>
      expectNumber("validationFraction", params.validationFraction, "a number between 0 and 1, or null", inside),
    ),
    nIterNoChange: expectInteger("nIterNoChange", params.nIterNoChange, 1),
    tol: expectNumber("tol", params.tol, "a finite number >= 0", (value) => value >= 0),
    seed: expectInteger("seed", params.seed, 0),
  };
}

function checkList(list: unknown): string {
  if (typeof list === "string" && (list === "" || /^\d{1,9}(,\d{1,9})*$/.test(list))) return list;
  const expected = 'column numbers joined by commas, as in "0,3"';
  throw new VernierError("invalid-argument", `"categoricalFeatures": expected ${expected}, got ${show(list)}`);
}
