import type { Label } from "../../core/labels.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Features } from "../../core/table.ts";
import type { TreesCore } from "../../wasm/core.ts";
import { treePredict } from "../../wasm/tree.ts";
import type { EstimatorParams, FittedClassifier, FittedRegressor } from "../estimator.ts";
import type { Forest } from "./forest.ts";
import { type ModelContents, packModel } from "../model-file.ts";
import { mostLikely } from "../most-likely.ts";
import { predictionData } from "../training-data.ts";

interface FittedTrees<P extends EstimatorParams> {
  readonly params: Readonly<P>;
  /** Splits from a root to the leaf farthest from it. */
  readonly depth: number;
  /** Leaves of all trees together. */
  readonly leaves: number;
  /** How much of what all splits took off the impurity each feature did [d]; sums to 1, or to 0 without a split. */
  readonly featureImportances: Float64Array;
  /** Accuracy, or coefficient of determination, on the rows that trees did not see; null unless asked for. */
  readonly oobScore: number | null;
}

/** A trained tree or forest of classification trees. */
export interface FittedTreeClassifier<P extends EstimatorParams = EstimatorParams>
  extends FittedClassifier,
    FittedTrees<P> {
  /** Shares of the classes, by weight, in the leaf that the row comes to; the mean over the trees [m, classes]. */
  predictProba(X: Features): Matrix;
  save(): ArrayBuffer;
}

/** A trained tree or forest of regression trees. */
export interface FittedTreeRegressor<P extends EstimatorParams = EstimatorParams>
  extends FittedRegressor,
    FittedTrees<P> {
  save(): ArrayBuffer;
}

/** What a trained model consists of; `classes` is null for regression. */
export interface TreesState<P extends EstimatorParams> {
  readonly name: string;
  readonly params: Readonly<P>;
  readonly classes: readonly Label[] | null;
  readonly forest: Forest;
  readonly oobScore: number | null;
}

export function fittedTreeClassifier<P extends EstimatorParams>(
  core: TreesCore,
  state: TreesState<P>,
): FittedTreeClassifier<P> {
  const classes = state.classes as readonly Label[];
  const predictProba = (X: Features): Matrix => {
    const matrix = predictionData(X, state.forest.features);
    return { data: treePredict(core, state.forest, matrix), rows: matrix.rows, cols: classes.length };
  };
  return Object.freeze({
    ...fittedTrees(state),
    classes,
    predictProba,
    predict: (X: Features) => mostLikely(predictProba(X), classes),
  });
}

export function fittedTreeRegressor<P extends EstimatorParams>(
  core: TreesCore,
  state: TreesState<P>,
): FittedTreeRegressor<P> {
  const { forest } = state;
  return Object.freeze({
    ...fittedTrees(state),
    predict: (X: Features) => treePredict(core, forest, predictionData(X, forest.features)),
  });
}

/** Reads what `save()` of a trained tree or forest wrote. */
export function loadTrees(core: TreesCore, contents: ModelContents): FittedTreeClassifier | FittedTreeRegressor {
  const state = unpackTrees(contents);
  return state.classes === null ? fittedTreeRegressor(core, state) : fittedTreeClassifier(core, state);
}

function fittedTrees<P extends EstimatorParams>(
  state: TreesState<P>,
): Omit<FittedTreeRegressor<P>, "predict"> & { save(): ArrayBuffer } {
  const { params, forest, oobScore } = state;
  return {
    params,
    features: forest.features,
    depth: forest.depth,
    leaves: forest.leaves.length / forest.width,
    featureImportances: forest.importances.slice(),
    oobScore,
    save: () => packTrees(state),
  };
}

function packTrees<P extends EstimatorParams>({ name, forest, params, classes, oobScore }: TreesState<P>): ArrayBuffer {
  const { features, depth, width, ...arrays } = forest;
  return packModel({ name, settings: { params: { ...params }, classes, oobScore, features, depth, width }, arrays });
}

function unpackTrees({ name, settings, arrays }: ModelContents): TreesState<EstimatorParams> {
  const { features, depth, width, ...rest } = settings as unknown as Omit<
    TreesState<EstimatorParams>,
    "name" | "forest"
  > &
    Pick<Forest, "features" | "depth" | "width">;
  return {
    name,
    ...rest,
    forest: { features, depth, width, ...(arrays as Omit<Forest, "features" | "depth" | "width">) },
  };
}
