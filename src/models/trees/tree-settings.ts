import type { TreeRules } from "../../wasm/tree.ts";
import type { ClassTreeParams, ForestParams, TreeSizeParams } from "./tree-params.ts";

/** Settings of any tree model: those that it does not have as if they were switched off. */
export interface TreeSettings extends TreeSizeParams, ForestParams {
  readonly criterion: TreeRules["criterion"];
  readonly randomCuts: boolean;
  readonly classWeight: ClassTreeParams["classWeight"];
}

const NO_LIMIT = 2_147_483_647;

/** What a tree may do on a table of n rows and d columns. */
export function treeRules(settings: TreeSettings, n: number, d: number): TreeRules {
  const minSamplesLeaf = Math.min(countOf(settings.minSamplesLeaf, n), NO_LIMIT >> 1);
  return {
    criterion: settings.criterion,
    randomCuts: settings.randomCuts,
    maxFeatures: featureCount(settings.maxFeatures, d),
    maxDepth: Math.min(settings.maxDepth ?? NO_LIMIT, NO_LIMIT),
    minSamplesSplit: Math.min(Math.max(2, countOf(settings.minSamplesSplit, n)), NO_LIMIT),
    minSamplesLeaf,
    maxLeafNodes: Math.min(settings.maxLeafNodes ?? NO_LIMIT, NO_LIMIT),
    minWeightFractionLeaf: settings.minWeightFractionLeaf,
    minImpurityDecrease: settings.minImpurityDecrease,
    ccpAlpha: settings.ccpAlpha,
  };
}

/** How many of n rows are drawn for a tree. */
export function drawnRows(maxSamples: TreeSettings["maxSamples"], n: number): number {
  if (maxSamples === null) return n;
  return maxSamples > 1 ? maxSamples : Math.max(1, Math.round(maxSamples * n));
}

function countOf(value: number, n: number): number {
  return value < 1 ? Math.ceil(value * n) : value;
}

function featureCount(maxFeatures: TreeSettings["maxFeatures"], d: number): number {
  if (maxFeatures === null) return d;
  if (maxFeatures === "sqrt") return Math.max(1, Math.floor(Math.sqrt(d)));
  if (maxFeatures === "log2") return Math.max(1, 31 - Math.clz32(d));
  return maxFeatures > 1 ? Math.min(maxFeatures, d) : Math.max(1, Math.floor(maxFeatures * d));
}
