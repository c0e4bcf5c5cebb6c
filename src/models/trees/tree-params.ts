import { expectInteger, expectNumber, expectOneOf, show, VernierError } from "../../core/errors.ts";
import { checkClassWeight, type ClassWeight } from "../class-weight.ts";
import { mergeParams } from "../merge-params.ts";

/** How far a tree may grow; names and meanings are scikit-learn's. */
export type TreeSizeParams = {
  /** Splits from the root to a leaf at most, a whole number >= 1; null for no limit. */
  readonly maxDepth: number | null;
  /** Rows that a node must have to be split: a whole number >= 2, or a share of all rows < 1. */
  readonly minSamplesSplit: number;
  /** Rows that a leaf must have: a whole number >= 1, or a share of all rows < 1. */
  readonly minSamplesLeaf: number;
  /** Share of the tree's whole weight that a leaf must have, 0 to 0.5. */
  readonly minWeightFractionLeaf: number;
  /**
   * Features looked at in each node, drawn anew: all with null, else "sqrt" or "log2" of d, a share of d in (0, 1],
   * or a whole number >= 2; never fewer than one.
   */
  readonly maxFeatures: "sqrt" | "log2" | number | null;
  /** Leaves at most, a whole number >= 2, splitting the most useful node first; null for no limit. */
  readonly maxLeafNodes: number | null;
  /** What a split must take off the impurity, in shares of the tree's weight, >= 0. */
  readonly minImpurityDecrease: number;
  /** Cost of a leaf in minimal cost-complexity pruning, >= 0. */
  readonly ccpAlpha: number;
  /** A whole number >= 0. */
  readonly seed: number;
};

/** How the trees of a forest differ. */
export type ForestParams = {
  /** Number of trees, a whole number >= 1. A forest of fewer trees is the beginning of one of more. */
  readonly trees: number;
  /** Whether each tree has its own rows, drawn with replacement. */
  readonly bootstrap: boolean;
  /** Rows drawn for a tree: as many as there are with null, else a share in (0, 1] or a whole number >= 2. */
  readonly maxSamples: number | null;
  /** Whether to score the forest on the rows that its trees did not see; needs `bootstrap`. */
  readonly oobScore: boolean;
};

/** Settings of what only classification trees have. */
export type ClassTreeParams = {
  /** Impurity; "logLoss" is another name for "entropy". */
  readonly criterion: "gini" | "entropy" | "logLoss";
  /**
   * null: each row counts by its weight; "balanced": all classes count alike; "balancedSubsample": all classes count
   * alike among each tree's own rows.
   */
  readonly classWeight: null | "balanced" | "balancedSubsample";
};

/** Settings of what only single trees have. */
export type SplitterParams = {
  /** "best": the best threshold of each feature; "random": one uniform between its least and greatest value. */
  readonly splitter: "best" | "random";
};

export type DecisionTreeClassifierParams = TreeSizeParams &
  SplitterParams & { readonly criterion: ClassTreeParams["criterion"]; readonly classWeight: ClassWeight };
export type DecisionTreeRegressorParams = TreeSizeParams & SplitterParams;
export type ForestClassifierParams = TreeSizeParams & ForestParams & ClassTreeParams;
export type ForestRegressorParams = TreeSizeParams & ForestParams;

const criteria = ["gini", "entropy", "logLoss"] as const;

export const treeSizeDefaults: TreeSizeParams = {
  maxDepth: null,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  minWeightFractionLeaf: 0,
  maxFeatures: null,
  maxLeafNodes: null,
  minImpurityDecrease: 0,
  ccpAlpha: 0,
  seed: 0,
};

type Changes = Readonly<Record<string, unknown>>;
type Given<P> = Readonly<Record<keyof P, unknown>>;

// Each: `base` with `changes`, checked and frozen; throws `invalid-argument` for an unknown name or a value that is
// not allowed.

export function decisionTreeClassifierParams(
  changes: Changes,
  base: DecisionTreeClassifierParams,
): Readonly<DecisionTreeClassifierParams> {
  const params = mergeParams("decisionTreeClassifier", changes, base);
  return Object.freeze({
    criterion: expectOneOf("criterion", params.criterion, criteria),
    ...splitterParams(params),
    ...sizeParams(params),
    classWeight: checkClassWeight(params.classWeight),
  });
}

export function decisionTreeRegressorParams(
  changes: Changes,
  base: DecisionTreeRegressorParams,
): Readonly<DecisionTreeRegressorParams> {
  const params = mergeParams("decisionTreeRegressor", changes, base);
  return Object.freeze({ ...splitterParams(params), ...sizeParams(params) });
}

export function forestClassifierParams(
  model: string,
  changes: Changes,
  base: ForestClassifierParams,
): Readonly<ForestClassifierParams> {
  const params = mergeParams(model, changes, base);
  const weightings: readonly unknown[] = [null, "balanced", "balancedSubsample"];
  return Object.freeze({
    ...forestParams(params),
    criterion: expectOneOf("criterion", params.criterion, criteria),
    ...sizeParams(params),
    classWeight: expectOneOf("classWeight", params.classWeight, weightings) as ClassTreeParams["classWeight"],
  });
}

export function forestRegressorParams(
  model: string,
  changes: Changes,
  base: ForestRegressorParams,
): Readonly<ForestRegressorParams> {
  const params = mergeParams(model, changes, base);
  return Object.freeze({ ...forestParams(params), ...sizeParams(params) });
}

function splitterParams({ splitter }: Given<SplitterParams>): SplitterParams {
  return { splitter: expectOneOf("splitter", splitter, ["best", "random"]) };
}

function forestParams(params: Given<ForestParams>): ForestParams {
  const checked = {
    trees: expectInteger("trees", params.trees, 1, 1_000_000),
    bootstrap: expectOneOf("bootstrap", params.bootstrap, [true, false]),
    maxSamples: params.maxSamples === null ? null : shareOrCount("maxSamples", params.maxSamples, 2, true),
    oobScore: expectOneOf("oobScore", params.oobScore, [true, false]),
  };
  for (const [name, off] of [
    ["maxSamples", null],
    ["oobScore", false],
  ] as const) {
    if (checked.bootstrap || checked[name] === off) continue;
    const message = `"${name}": expected ${off} without bootstrap, got ${show(checked[name])}`;
    throw new VernierError("invalid-argument", message);
  }
  return checked;
}

function sizeParams(params: Given<TreeSizeParams>): TreeSizeParams {
  return {
    maxDepth: params.maxDepth === null ? null : expectInteger("maxDepth", params.maxDepth, 1),
    minSamplesSplit: shareOrCount("minSamplesSplit", params.minSamplesSplit, 2),
    minSamplesLeaf: shareOrCount("minSamplesLeaf", params.minSamplesLeaf, 1),
    minWeightFractionLeaf: expectNumber(
      "minWeightFractionLeaf",
      params.minWeightFractionLeaf,
      "a number from 0 to 0.5",
      (value) => value >= 0 && value <= 0.5,
    ),
    maxFeatures: checkMaxFeatures(params.maxFeatures),
    maxLeafNodes: params.maxLeafNodes === null ? null : expectInteger("maxLeafNodes", params.maxLeafNodes, 2),
    minImpurityDecrease: notNegative("minImpurityDecrease", params.minImpurityDecrease),
    ccpAlpha: notNegative("ccpAlpha", params.ccpAlpha),
    seed: expectInteger("seed", params.seed, 0),
  };
}

function checkMaxFeatures(value: unknown): TreeSizeParams["maxFeatures"] {
  if (value === null || value === "sqrt" || value === "log2") return value;
  return shareOrCount("maxFeatures", value, 2, true, ' "sqrt", "log2" or null');
}

function notNegative(name: string, value: unknown): number {
  return expectNumber(name, value, "a finite number >= 0", (number) => number >= 0);
}

/** A whole number >= least, or a share of (0, 1), with `whole` of (0, 1]. */
function shareOrCount(name: string, value: unknown, least: number, whole: boolean = false, or: string = ""): number {
  const allowed = (number: number): boolean =>
    (Number.isSafeInteger(number) && number >= least) || (number > 0 && (number < 1 || (whole && number === 1)));
  const share = whole ? "a share > 0 and <= 1" : "a share > 0 and < 1";
  const expected = `a whole number >= ${least}${or === "" ? " or" : ","} ${share}${or === "" ? "" : `,${or}`}`;
  return expectNumber(name, value, expected, allowed);
}
