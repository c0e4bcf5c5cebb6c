import { sameNumbers } from "../../core/same-numbers.ts";
import type { Matrix } from "../../core/matrix.ts";
import {
  type BoostEdges,
  type BoostForest,
  type BoostLoss,
  boostRaw,
  boostSetCount,
  type BoostRows,
  type BoostSettings,
  type BoostState,
  boostStages,
} from "../../wasm/boost.ts";
import type { TreesCore } from "../../wasm/core.ts";
import { boostBaseline } from "./boost-baseline.ts";
import type { BoostParams } from "./boost-params.ts";
import { boostTable } from "./boost-table.ts";
import { tableMemo } from "../table-memo.ts";

/** What to boost: checked data and a loss. */
export interface BoostTask {
  readonly X: Matrix;
  /** Targets [n]; of a classifier the numbers of classes. */
  readonly y: Float64Array;
  readonly weights: Float64Array | null;
  readonly loss: BoostLoss;
  readonly quantile: number;
  /** Raw predictions a row. */
  readonly outputs: number;
  /** Of a classifier, the numbers of classes once more. */
  readonly codes: Int32Array | null;
}

/** The outcome of boosting. */
export interface Boosted {
  readonly edges: BoostEdges;
  readonly forest: BoostForest;
  /** Raw predictions of any row before the first stage [K]. */
  readonly baseline: readonly number[];
  /** Mean loss before the first stage and after each [stages + 1]. */
  readonly trainLoss: Float64Array;
  /** The same of the rows held back; empty without. */
  readonly validationLoss: Float64Array;
}

interface KeptStages extends Pick<BoostTask, "y" | "weights"> {
  readonly state: BoostState;
}

/** With "auto", more rows than these stop early. */
const MANY_ROWS = 10_000;

/**
 * Boosts stage by stage. A stage depends on those before it alone, so that fits which differ in `trees` share their
 * stages: those of the last such fit on X are kept with X, and cut or continued.
 */
export function boost(core: TreesCore, task: BoostTask, params: BoostParams): Boosted {
  const { X, y, weights, outputs } = task;
  const stops = params.earlyStopping === "auto" ? X.rows > MANY_ROWS : params.earlyStopping;
  const memo = tableMemo(X);
  const { edges, split, ...bins } = boostTable(core, X, task, params, stops, memo);
  const part = (rows: Int32Array | undefined): Pick<BoostRows, "y" | "weights"> =>
    rows === undefined ? { y, weights } : { y: taken(y, rows), weights: weights && taken(weights, rows) };
  const training = { bins: bins.training, ...part(split?.training) };
  const validation = bins.validation && { bins: bins.validation, ...part(split?.validation) };
  const baseline = boostBaseline(core, task, training);

  const what = `boost stages ${JSON.stringify([task.loss, { ...params, trees: 0 }])}`;
  const kept = memo?.get<KeptStages>(what);
  const usable = kept !== undefined && sameNumbers(kept.y, y) && sameNumbers(kept.weights, weights);
  const start = usable ? kept.state : unstarted(baseline, training.bins.rows, validation?.bins.rows ?? 0);
  const enough = (losses: ArrayLike<number>, held: ArrayLike<number>): boolean =>
    losses.length > params.trees || (stops && isFlat(validation === null ? losses : held, params));
  const stages = start.trainLoss.length - 1;
  // What was kept may go on where this fit ends.
  const wanted = usable ? firstEnough(start, stages, enough) : -1;
  if (wanted >= 0) return { edges, baseline, ...prefix(start, wanted, outputs) };

  const state = boostStages(core, edges, training, validation, settingsOf(task, params), start, enough);
  memo?.set(what, { y, weights, state }, bytesOf(state) + 2 * y.byteLength);
  return { edges, baseline, forest: state.forest, trainLoss: state.trainLoss, validationLoss: state.validationLoss };
}

/** Whether none of the last `nIterNoChange` losses is below the one before them by more than `tol`. */
function isFlat(losses: ArrayLike<number>, { nIterNoChange, tol }: BoostParams): boolean {
  const before = losses.length - 1 - nIterNoChange;
  if (before < 0) return false;
  for (let s = before + 1; s < losses.length; s++) {
    if ((losses[s] as number) < (losses[before] as number) - tol) return false;
  }
  return true;
}

type Enough = (losses: ArrayLike<number>, held: ArrayLike<number>) => boolean;

/** The first number of stages, up to `stages`, at which it is enough; -1 where it never is. */
function firstEnough({ trainLoss, validationLoss }: BoostState, stages: number, enough: Enough): number {
  for (let s = 0; s <= stages; s++) {
    if (enough(trainLoss.subarray(0, s + 1), validationLoss.subarray(0, s + 1))) return s;
  }
  return -1;
}

function unstarted(baseline: readonly number[], rows: number, held: number): BoostState {
  return {
    forest: { nodes: new Int32Array(0), sets: new Uint8Array(0), roots: new Int32Array(0) },
    trainLoss: new Float64Array(0),
    validationLoss: new Float64Array(0),
    raw: boostRaw(baseline, rows),
    validationRaw: boostRaw(baseline, held),
  };
}

/** The first stages of what was boosted. */
function prefix(
  { forest, trainLoss, validationLoss }: BoostState,
  stages: number,
  outputs: number,
): Omit<Boosted, "edges" | "baseline"> {
  const { nodes, sets, roots } = forest;
  const trees = stages * outputs;
  const end = trees < roots.length ? (roots[trees] as number) : nodes.length / 4;
  return {
    forest: {
      nodes: nodes.slice(0, 4 * end),
      // Sets are numbered tree by tree.
      sets: sets.slice(0, 32 * boostSetCount(nodes.subarray(0, 4 * end))),
      roots: roots.slice(0, trees),
    },
    trainLoss: trainLoss.slice(0, stages + 1),
    validationLoss: validationLoss.slice(0, stages + 1),
  };
}

function settingsOf({ loss, quantile, X }: BoostTask, params: BoostParams): BoostSettings {
  return {
    loss,
    quantile,
    learningRate: params.learningRate,
    maxLeaves: params.maxLeafNodes ?? 0,
    maxDepth: params.maxDepth ?? 0,
    minSamples: params.minSamplesLeaf,
    l2: params.l2Regularization,
    columnsPerSplit: Math.max(1, Math.ceil(params.maxFeatures * X.cols)),
    key: { seed: params.seed, purpose: "boost:columns" },
  };
}

function bytesOf({ forest, raw, validationRaw }: BoostState): number {
  return forest.nodes.byteLength + forest.sets.byteLength + raw.byteLength + validationRaw.byteLength;
}

function taken(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] as number);
}
