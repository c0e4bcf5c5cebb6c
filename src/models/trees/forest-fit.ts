import type { Matrix } from "../../core/matrix.ts";
import type { TreesCore } from "../../wasm/core.ts";
import { type GrownTree, treeGrow, treeTable, type TreeTarget } from "../../wasm/tree.ts";
import { type Forest, toForest } from "./forest.ts";
import { rememberedTrees } from "./forest-memo.ts";
import { oobMeans } from "./out-of-bag.ts";
import { remembered } from "../table-memo.ts";
import { treeRules, type TreeSettings } from "./tree-settings.ts";
import { treeWeights } from "./tree-weights.ts";

export interface GrownForest {
  readonly forest: Forest;
  /** Per row the mean of the trees that did not see it [n, width], NaN where all did; null unless asked for. */
  readonly outOfBag: Float64Array | null;
}

/** Grows the trees on checked data; what was grown on the same table before is taken from there, with the same bits. */
export function growForest(
  core: TreesCore,
  settings: TreeSettings,
  X: Matrix,
  target: TreeTarget,
  sampleWeight: Float64Array | null,
): GrownForest {
  const { trees: count, oobScore, ...alike } = settings;
  const rules = treeRules(settings, X.rows, X.cols);
  const grow = (from: number, to: number): GrownTree[] => {
    const table = remembered(
      X,
      "tree codes",
      ({ codes, values }) => codes.byteLength + values.byteLength,
      () => treeTable(core, X),
    );
    const weightsOf = treeWeights(core, settings, target, sampleWeight);
    return treeGrow(core, table, target, rules, settings.seed, from, to, weightsOf);
  };
  const trees = rememberedTrees(X, target.y, sampleWeight, JSON.stringify([alike, target.classes]), count, grow);
  const width = Math.max(1, target.classes);
  return {
    forest: toForest(trees, width, X.cols),
    outOfBag: oobScore ? oobMeans(core, settings, X, trees, width) : null,
  };
}
