import type { Matrix } from "../core/matrix.ts";
import type { TreesCore } from "./core.ts";

/** A table [rows, cols] as ranks of its values within each column: see assembly/tree/codes.ts. */
export interface TreeTable {
  readonly rows: number;
  readonly cols: number;
  /** [cols, rows], column after column, u16 or with more than 65536 rows u32. */
  readonly codes: Uint8Array;
  /** The values that the codes of column j stand for begin at offsets[j] [cols + 1]. */
  readonly offsets: Int32Array;
  readonly values: Float64Array;
}

/** What a tree learns: classes [n], or numbers [n] with `classes` 0. */
export interface TreeTarget {
  readonly y: Int32Array | Float64Array;
  readonly classes: number;
}

/** What a tree may do; numbers are whole unless said otherwise. */
export interface TreeRules {
  readonly criterion: "gini" | "entropy" | "squaredError";
  /** Whether each feature is cut at one random threshold instead of the best. */
  readonly randomCuts: boolean;
  /** Features looked at in a node, 1 to d. */
  readonly maxFeatures: number;
  /** 2^31 - 1 for no limit. */
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  /** In leaves, from 1; 2^31 - 1 for no limit. With one, the most useful node is split first. */
  readonly maxLeafNodes: number;
  /** Share, 0 to 0.5. */
  readonly minWeightFractionLeaf: number;
  /** Real, >= 0. */
  readonly minImpurityDecrease: number;
  /** Real, >= 0. */
  readonly ccpAlpha: number;
}

/** One tree: see assembly/tree/grow.ts. */
export interface GrownTree {
  /** [nodes, 2], parents first and left children next to them: feature and right child, or -1 and number of the leaf. */
  readonly links: Int32Array;
  /** [nodes]: rows with x <= threshold go left. */
  readonly thresholds: Float64Array;
  /** [leaves, width]: shares of the classes, or the mean. */
  readonly leaves: Float64Array;
  /** What the splits of each feature took off the impurity [d]. */
  readonly importances: Float64Array;
  readonly depth: number;
}

/** Trees one after another, for predictions. */
export interface TreeStack {
  readonly links: Int32Array;
  readonly thresholds: Float64Array;
  readonly leaves: Float64Array;
  /** [trees, 2]: the first node and the first leaf of each tree. */
  readonly firsts: Int32Array;
  /** Numbers a leaf. */
  readonly width: number;
}

const TWO_32 = 4294967296;
const criteria: readonly TreeRules["criterion"][] = ["gini", "entropy", "squaredError"];

/** The columns of X [n, d] as ranks. */
export function treeTable(core: TreesCore, { data, rows, cols }: Matrix): TreeTable {
  return core.scope((arena) => {
    const size = rows * cols * (rows > 65536 ? 4 : 2);
    const codes = arena.i32Alloc(Math.ceil(size / 4));
    const offsets = arena.i32Alloc(cols + 1);
    const values = arena.f64Alloc(rows * cols);
    core.exports.treeCodes(arena.f64(data), rows, cols, codes, values, offsets);
    const starts = arena.readI32(offsets, cols + 1);
    return {
      rows,
      cols,
      codes: arena.readBytes(codes, size),
      offsets: starts,
      values: arena.readF64(values, starts[cols] as number),
    };
  });
}

/**
 * Grows the trees numbered `from` to `to` - 1 of the seed; each depends on the seed and its own number, not on the
 * others. `weightsOf` gives what each row counts in a tree [n]: >= 0, not all 0, and multiples of one power of two
 * that sum to less than 2^52 times it.
 */
export function treeGrow(
  core: TreesCore,
  table: TreeTable,
  target: TreeTarget,
  rules: TreeRules,
  seed: number,
  from: number,
  to: number,
  weightsOf: (tree: number) => Float64Array,
): GrownTree[] {
  const { rows, cols } = table;
  const width = Math.max(1, target.classes);
  return core.scope((arena) => {
    const codes = arena.bytes(table.codes);
    const values = arena.f64(table.values);
    const offsets = arena.i32(table.offsets);
    const y = target.y instanceof Int32Array ? arena.i32(target.y) : arena.f64(target.y);
    const grow = (tree: number): GrownTree =>
      core.scope((inner) => {
        const weights = weightsOf(tree);
        const { most, sum } = extentOf(weights, rules.maxLeafNodes);
        const links = inner.i32Alloc(2 * (2 * most - 1));
        const thresholds = inner.f64Alloc(2 * most - 1);
        const leaves = inner.f64Alloc(most * width);
        const importances = inner.f64Alloc(cols);
        const sizes = inner.i32Alloc(3);
        core.exports.treeGrow(
          codes,
          values,
          offsets,
          rows,
          cols,
          y,
          target.classes,
          inner.f64(weights),
          inner.f64(packedRules(rules, sum)),
          seed >>> 0,
          Math.floor(seed / TWO_32),
          tree,
          links,
          thresholds,
          leaves,
          importances,
          sizes,
        );
        const [nodes, leafCount, depth] = inner.readI32(sizes, 3) as unknown as [number, number, number];
        return {
          links: inner.readI32(links, 2 * nodes),
          thresholds: inner.readF64(thresholds, nodes),
          leaves: inner.readF64(leaves, leafCount * width),
          importances: inner.readF64(importances, cols),
          depth,
        };
      });
    return Array.from({ length: to - from }, (_, i) => grow(from + i));
  });
}

/** The mean of the trees' predictions for X [m, d]: [m, width]. */
export function treePredict(core: TreesCore, trees: TreeStack, { data, rows, cols }: Matrix): Float64Array {
  const { links, thresholds, leaves, firsts, width } = trees;
  return core.scope((arena) => {
    const out = arena.f64Alloc(rows * width);
    core.exports.treePredict(
      arena.f64(data),
      rows,
      cols,
      arena.i32(links),
      arena.f64(thresholds),
      arena.f64(leaves),
      arena.i32(firsts),
      firsts.length / 2,
      width,
      out,
    );
    return arena.readF64(out, rows * width);
  });
}

/** The most leaves that a tree over these rows can have, and the rows' weight. */
function extentOf(weights: Float64Array, maxLeafNodes: number): { readonly most: number; readonly sum: number } {
  let count = 0;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    if (weight > 0) count++;
    sum += weight;
  }
  return { most: Math.min(count, maxLeafNodes), sum };
}

function packedRules(rules: TreeRules, sum: number): number[] {
  return [
    criteria.indexOf(rules.criterion),
    rules.randomCuts ? 1 : 0,
    rules.maxFeatures,
    rules.maxDepth,
    rules.minSamplesSplit,
    rules.minSamplesLeaf,
    rules.minWeightFractionLeaf * sum,
    rules.minImpurityDecrease,
    rules.maxLeafNodes,
    rules.ccpAlpha,
  ];
}
