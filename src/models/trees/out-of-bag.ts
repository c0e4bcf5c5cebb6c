import { type Matrix, takeRows } from "../../core/matrix.ts";
import type { TreesCore } from "../../wasm/core.ts";
import { type GrownTree, treePredict } from "../../wasm/tree.ts";
import { stackTrees } from "./forest.ts";
import type { TreeSettings } from "./tree-settings.ts";
import { drawCounts } from "./tree-weights.ts";

// What a forest says of its own training rows, each judged by the trees that did not draw it.

/** Per row the mean of the trees that did not draw it [n, width], NaN where all did. */
export function oobMeans(
  core: TreesCore,
  settings: TreeSettings,
  X: Matrix,
  trees: readonly GrownTree[],
  width: number,
): Float64Array {
  const sums = new Float64Array(X.rows * width);
  const counts = new Int32Array(X.rows);
  trees.forEach((tree, t) => {
    const drawn = drawCounts(core, settings, X.rows, t);
    const rows = Int32Array.from(drawn.keys()).filter((row) => drawn[row] === 0);
    if (rows.length === 0) return;
    const predicted = treePredict(core, stackTrees([tree], width), takeRows(X, rows));
    rows.forEach((row, i) => {
      counts[row] = (counts[row] as number) + 1;
      for (let c = 0; c < width; c++) {
        sums[row * width + c] = (sums[row * width + c] as number) + (predicted[i * width + c] as number);
      }
    });
  });
  return sums.map((sum, at) => sum / (counts[Math.floor(at / width)] as number));
}

/** Share of the rows [n] whose class [n] has the greatest mean [n, k], the first of those that tie, where known. */
export function oobAccuracy(means: Float64Array, codes: Int32Array, k: number): number {
  let right = 0;
  let known = 0;
  codes.forEach((code, row) => {
    const shares = means.subarray(row * k, (row + 1) * k);
    if (Number.isNaN(shares[0])) return;
    known++;
    if (shares.indexOf(shares.reduce((most, share) => Math.max(most, share))) === code) right++;
  });
  return right / known;
}

/** The coefficient of determination of the means [n] for y [n], where known. */
export function oobR2(means: Float64Array, y: Float64Array): number {
  const known = Int32Array.from(means.keys()).filter((row) => !Number.isNaN(means[row]));
  let sum = 0;
  for (const row of known) sum += y[row] as number;
  const mean = sum / known.length;
  let residual = 0;
  let total = 0;
  for (const row of known) {
    const value = y[row] as number;
    residual += (value - (means[row] as number)) * (value - (means[row] as number));
    total += (value - mean) * (value - mean);
  }
  if (total === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / total;
}
