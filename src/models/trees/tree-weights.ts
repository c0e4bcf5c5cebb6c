import type { TreesCore } from "../../wasm/core.ts";
import { integers } from "../../wasm/random.ts";
import type { TreeTarget } from "../../wasm/tree.ts";
import { drawnRows, type TreeSettings } from "./tree-settings.ts";

// What each row counts in a tree: its sample weight, times how often the tree drew it, times its class's weight.

const SUM_LIMIT = 4503599627370496; // 2^52

/** The weights [n] of tree number t, for every t, as `treeGrow` takes them. */
export function treeWeights(
  core: TreesCore,
  settings: TreeSettings,
  { y, classes }: TreeTarget,
  sampleWeight: Float64Array | null,
): (tree: number) => Float64Array {
  const n = y.length;
  const { classWeight } = settings;
  const own = sampleWeight ?? new Float64Array(n).fill(1);
  const base = classWeight === "balanced" ? balanced(own, y as Int32Array, classes) : own;
  if (!settings.bootstrap) {
    const weights = classWeight === "balancedSubsample" ? balanced(own, y as Int32Array, classes) : base;
    const rounded = summable(weights);
    return () => rounded;
  }
  return (tree) => {
    const weights = drawCounts(core, settings, n, tree);
    for (let i = 0; i < n; i++) weights[i] = (weights[i] as number) * (base[i] as number);
    return summable(classWeight === "balancedSubsample" ? balanced(weights, y as Int32Array, classes) : weights);
  };
}

/** How often tree number t drew each of n rows [n]. */
export function drawCounts(core: TreesCore, settings: TreeSettings, n: number, tree: number): Float64Array {
  const counts = new Float64Array(n);
  const key = { seed: settings.seed, trial: tree, purpose: "bootstrap" };
  for (const row of integers(core, key, drawnRows(settings.maxSamples, n), n)) {
    counts[row] = (counts[row] as number) + 1;
  }
  return counts;
}

/** The weights times total / (k n_c) by class: all k classes that have any weight then weigh alike. */
function balanced(weights: Float64Array, codes: Int32Array, classes: number): Float64Array {
  const sums = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    sums[code] = (sums[code] as number) + (weights[i] as number);
    total += weights[i] as number;
  }
  const present = sums.reduce((count, sum) => count + (sum > 0 ? 1 : 0), 0);
  const factors = sums.map((sum) => (sum > 0 ? total / (present * sum) : 0));
  return weights.map((weight, i) => weight * (factors[codes[i] as number] as number));
}

/**
 * The weights as multiples of a power of two, a part in 2^51 of their sum or so, and such that they are 1 to 2 in the
 * mean: small whole numbers as they are, others times a power of two and rounded.
 */
function summable(weights: Float64Array): Float64Array {
  let mean = 0;
  let whole = true;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    mean += weight / weights.length;
    whole &&= Number.isInteger(weight);
  }
  if (whole && mean <= 1024) return weights;
  let factor = 1;
  while (mean * factor < 1) factor *= 2;
  while (mean * factor >= 2) factor /= 2;
  let grain = 1;
  while (grain * SUM_LIMIT > 2 * weights.length) grain /= 2;
  return weights.map((weight) => Math.round((weight * factor) / grain) * grain);
}
