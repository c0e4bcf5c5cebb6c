// What a tree may do, read once from the f64 array that the caller packed; see `treeGrow`.

/** 0: Gini impurity; 1: entropy; 2: squared error. */
export let criterion: i32 = 0;
/** Whether each feature is cut at one random threshold instead of the best. */
export let randomCuts: bool = false;
/** How many features are looked at in a node, from 1 to d. */
export let maxFeatures: i32 = 0;
export let maxDepth: i32 = 0;
/** Nodes of fewer rows are leaves. */
export let minSplit: i32 = 0;
/** Rows that a leaf has at least. */
export let minLeaf: i32 = 0;
/** Weight that a leaf has at least. */
export let minWeight: f64 = 0;
/** What a split must take off the impurity, in shares of the whole tree's weight. */
export let minDecrease: f64 = 0;
/** Leaves at most; with i32.MAX_VALUE nodes are split depth first, else the most useful one first. */
export let maxLeaves: i32 = 0;
/** What a leaf costs when the tree is pruned. */
export let ccpAlpha: f64 = 0;

export function rulesSet(rules: usize): void {
  criterion = <i32>load<f64>(rules);
  randomCuts = load<f64>(rules, 8) != 0;
  maxFeatures = <i32>load<f64>(rules, 16);
  maxDepth = <i32>load<f64>(rules, 24);
  minSplit = <i32>load<f64>(rules, 32);
  minLeaf = <i32>load<f64>(rules, 40);
  minWeight = load<f64>(rules, 48);
  minDecrease = load<f64>(rules, 56);
  maxLeaves = <i32>load<f64>(rules, 64);
  ccpAlpha = load<f64>(rules, 72);
}
