import type { GrownTree, TreeStack } from "../../wasm/tree.ts";

/** The trees of a model, of which there may be just one. */
export interface Forest extends TreeStack {
  readonly features: number;
  /** Splits from a root to the leaf farthest from it. */
  readonly depth: number;
  /** How much of what all splits took off the impurity each feature did, the mean over the trees [d]; sums to 1 or 0. */
  readonly importances: Float64Array;
}

/** The trees one after another. */
export function stackTrees(trees: readonly GrownTree[], width: number): TreeStack {
  const firsts = new Int32Array(2 * trees.length);
  let nodes = 0;
  let leaves = 0;
  trees.forEach((tree, t) => {
    firsts[2 * t] = nodes;
    firsts[2 * t + 1] = leaves / width;
    nodes += tree.thresholds.length;
    leaves += tree.leaves.length;
  });
  const stack = {
    links: new Int32Array(2 * nodes),
    thresholds: new Float64Array(nodes),
    leaves: new Float64Array(leaves),
    firsts,
    width,
  };
  trees.forEach((tree, t) => {
    const node = firsts[2 * t] as number;
    stack.links.set(tree.links, 2 * node);
    stack.thresholds.set(tree.thresholds, node);
    stack.leaves.set(tree.leaves, (firsts[2 * t + 1] as number) * width);
  });
  return stack;
}

/** The same with what else is known of them; d features. */
export function toForest(trees: readonly GrownTree[], width: number, d: number): Forest {
  return Object.freeze({
    ...stackTrees(trees, width),
    features: d,
    depth: trees.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
    importances: meanImportances(trees, d),
  });
}

// Each tree's importances are brought to a sum of 1 first; trees without a split have none.
function meanImportances(trees: readonly GrownTree[], d: number): Float64Array {
  const mean = new Float64Array(d);
  for (const { importances } of trees) {
    const shares = toShares(importances);
    shares.forEach((share, j) => {
      mean[j] = (mean[j] as number) + share;
    });
  }
  return toShares(mean);
}

function toShares(values: Float64Array): Float64Array {
  const sum = values.reduce((total, value) => total + value, 0);
  return sum > 0 ? values.map((value) => value / sum) : values.slice();
}
