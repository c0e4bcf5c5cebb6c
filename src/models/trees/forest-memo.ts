import type { Matrix } from "../../core/matrix.ts";
import { sameNumbers } from "../../core/same-numbers.ts";
import type { GrownTree } from "../../wasm/tree.ts";
import { remembered } from "../table-memo.ts";

// Trees of forests that were grown on the same table with the same settings but for their number: a search over the
// number of trees grows each tree once. Tree t is the same in every such forest.

/** Bytes of trees kept at most, in this thread; when they are spent, all are dropped. */
const BUDGET = 64 * 1024 * 1024;

interface Kept {
  readonly y: ArrayLike<number>;
  readonly sampleWeight: Float64Array | null;
  readonly trees: GrownTree[];
}

interface Table {
  epoch: number;
  readonly forests: Map<string, Kept>;
}

let epoch = 0;
let spent = 0;

/**
 * Trees 0 to count - 1 of the forest on X [n, d] and y with these settings: those that are kept, and the others from
 * `grow`, which are kept from the second time on that X is seen.
 */
export function rememberedTrees(
  X: Matrix,
  y: ArrayLike<number>,
  sampleWeight: Float64Array | null,
  settings: string,
  count: number,
  grow: (from: number, to: number) => GrownTree[],
): readonly GrownTree[] {
  const table = remembered(X, "forests", noBytes, emptyTable);
  dropOld(table);
  const kept = table.forests.get(settings);
  if (kept === undefined || !sameNumbers(kept.y, y) || !sameNumbers(kept.sampleWeight, sampleWeight)) {
    const trees = grow(0, count);
    if (makeRoom(trees)) {
      dropOld(table);
      table.forests.set(settings, { y, sampleWeight, trees });
    }
    return trees;
  }
  if (kept.trees.length < count) {
    const more = grow(kept.trees.length, count);
    if (!makeRoom(more)) return [...kept.trees, ...more];
    kept.trees.push(...more);
  }
  return kept.trees.slice(0, count);
}

/** Empties the table unless it was filled since room was last made. */
function dropOld(table: Table): void {
  if (table.epoch === epoch) return;
  table.forests.clear();
  table.epoch = epoch;
}

function makeRoom(trees: readonly GrownTree[]): boolean {
  const bytes = trees.reduce((sum, tree) => sum + bytesOf(tree), 0);
  if (bytes > BUDGET) return false;
  if (spent + bytes > BUDGET) {
    epoch++;
    spent = 0;
  }
  spent += bytes;
  return true;
}

function bytesOf({ links, thresholds, leaves, importances }: GrownTree): number {
  return links.byteLength + thresholds.byteLength + leaves.byteLength + importances.byteLength + 256;
}

function noBytes(): number {
  return 0;
}

function emptyTable(): Table {
  return { epoch, forests: new Map() };
}
