import { VernierError } from "../core/errors.ts";
import type { RandomKey } from "../core/key.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Arena, TreesCore } from "./core.ts";
import { streamWords } from "./random.ts";

// In the order of assembly/boost/loss.ts.
export const boostLosses = ["squaredError", "absoluteError", "quantile", "poisson", "logistic", "softmax"] as const;
export type BoostLoss = (typeof boostLosses)[number];

// As in assembly/boost/best.ts.
const CATEGORY = 1 << 9;

/** Where columns are cut into bins: see assembly/boost/bin.ts. */
export interface BoostEdges {
  /** [d + 1]: the edges of column f are starts[f] to starts[f + 1] - 1. */
  readonly starts: Int32Array;
  readonly edges: Float64Array;
  /** [d], 1 for a column of categories. */
  readonly categorical: Uint8Array;
}

/** A binned table. */
export interface BoostBins {
  /** [d, rows], column after column. */
  readonly codes: Uint8Array;
  readonly rows: number;
  /** [d], 1 where a column has a missing value. */
  readonly missing: Uint8Array;
}

/** Trees as `boostTree` in assembly/boost/tree.ts writes them; tree t belongs to raw prediction t mod K. */
export interface BoostForest {
  /** [nodes, 4]; a leaf's last two are the halves of its f64 value. */
  readonly nodes: Int32Array;
  /** [sets, 32] */
  readonly sets: Uint8Array;
  /** [trees], the first node of each. */
  readonly roots: Int32Array;
}

/** Rows with targets. */
export interface BoostRows {
  readonly bins: BoostBins;
  /** [rows]; numbers of classes for the last two losses. */
  readonly y: Float64Array;
  /** [rows], or null for 1 each. */
  readonly weights: Float64Array | null;
}

export interface BoostSettings {
  readonly loss: BoostLoss;
  /** Of "quantile"; 1/2 for "absoluteError". */
  readonly quantile: number;
  readonly learningRate: number;
  /** 0 for no limit, as for `maxDepth`. */
  readonly maxLeaves: number;
  readonly maxDepth: number;
  readonly minSamples: number;
  readonly l2: number;
  /** Columns that each split chooses from, drawn by `key` where they are not all. */
  readonly columnsPerSplit: number;
  readonly key: Omit<RandomKey, "trial">;
}

/** Boosting up to some stage: all that is needed to go on. */
export interface BoostState {
  readonly forest: BoostForest;
  /** Mean loss before the first stage and after each [stages + 1]. */
  readonly trainLoss: Float64Array;
  /** The same of the validation rows; empty without. */
  readonly validationLoss: Float64Array;
  /** Raw predictions [K, rows] of the training rows. */
  readonly raw: Float64Array;
  /** Of the validation rows. */
  readonly validationRaw: Float64Array;
}

/** The codes of X [n, d]. */
export function boostBin(core: TreesCore, X: Matrix, { starts, edges, categorical }: BoostEdges): BoostBins {
  const { rows, cols } = X;
  return core.scope((arena) => {
    const codes = arena.bytesAlloc(rows * cols);
    const missing = arena.bytesAlloc(cols);
    core.exports.boostBin(
      arena.f64(X.data),
      rows,
      cols,
      arena.i32(starts),
      arena.f64(edges),
      arena.bytes(categorical),
      codes,
      missing,
    );
    return { codes: arena.readBytes(codes, rows * cols), rows, missing: arena.readBytes(missing, cols) };
  });
}

/** The weighted q-quantile of values: see assembly/boost/quantile.ts. */
export function boostQuantile(core: TreesCore, values: Float64Array, weights: Float64Array | null, q: number): number {
  return core.scope((arena) =>
    core.exports.boostQuantile(arena.f64(values), weights === null ? 0 : arena.f64(weights), values.length, q),
  );
}

/**
 * Goes on from `state` until `enough(trainLoss, validationLoss)`, asked before each stage of K trees. The same trees,
 * to the bit, whether grown in one call or in several. Throws `numerical-failure` where the loss is not finite.
 */
export function boostStages(
  core: TreesCore,
  edges: BoostEdges,
  training: BoostRows,
  validation: BoostRows | null,
  settings: BoostSettings,
  state: BoostState,
  enough: (trainLoss: readonly number[], validationLoss: readonly number[]) => boolean,
): BoostState {
  const K = state.raw.length / training.bins.rows;
  const { exports } = core;
  return core.scope((arena) => {
    const rows = placeRows(arena, training, state.raw);
    const held = validation === null ? null : placeRows(arena, validation, state.validationRaw);
    open(core, arena, edges, training.bins.missing, rows, K, settings);
    const capacity = exports.boostCapacity();
    const nodes = arena.bytesAlloc(capacity * 16);
    // A tree of c nodes has less than c / 2 splits.
    const sets = arena.bytesAlloc(capacity * 16);
    const root = arena.i32([0]);
    exports.boostReady();

    const grown = { nodes: [state.forest.nodes], sets: [state.forest.sets], roots: [...state.forest.roots] };
    let nodeCount = state.forest.nodes.length / 4;
    let setCount = state.forest.sets.length / 32;
    const losses: [number[], number[]] = [[...state.trainLoss], [...state.validationLoss]];
    const heldLoss = (): number[] =>
      held === null ? [] : [finite(exports.boostLoss(held.raw, held.y, held.weights, held.rows))];
    const gradients = (): number => finite(exports.boostGradients());

    const first = gradients();
    if (losses[0].length === 0) {
      losses[0].push(first);
      losses[1].push(...heldLoss());
    }
    while (!enough(...losses)) {
      for (let k = 0; k < K; k++) {
        const count = exports.boostTree(k, grown.roots.length, nodes, sets, setCount);
        if (held !== null) {
          // Where the model's set 0 would stand before this tree's.
          const allSets = sets - setCount * 32;
          const plane = held.raw + k * held.rows * 8;
          exports.boostPredict(nodes, allSets, root, 1, 1, held.codes, held.rows, plane);
        }
        grown.roots.push(nodeCount);
        grown.nodes.push(arena.readI32(nodes, count * 4));
        grown.sets.push(arena.readBytes(sets, exports.boostSets() * 32));
        nodeCount += count;
        setCount += exports.boostSets();
      }
      losses[0].push(gradients());
      losses[1].push(...heldLoss());
    }
    return {
      forest: {
        nodes: joined(Int32Array, grown.nodes),
        sets: joined(Uint8Array, grown.sets),
        roots: Int32Array.from(grown.roots),
      },
      trainLoss: Float64Array.from(losses[0]),
      validationLoss: Float64Array.from(losses[1]),
      raw: arena.readF64(rows.raw, state.raw.length),
      validationRaw: held === null ? new Float64Array(0) : arena.readF64(held.raw, state.validationRaw.length),
    };
  });
}

/** Raw predictions [K, rows] of a binned table: `baseline` [K] and the trees. */
export function boostPredict(
  core: TreesCore,
  forest: BoostForest,
  baseline: readonly number[],
  bins: BoostBins,
): Float64Array {
  const K = baseline.length;
  return core.scope((arena) => {
    const raw = arena.f64(boostRaw(baseline, bins.rows));
    core.exports.boostPredict(
      arena.i32(forest.nodes),
      arena.bytes(forest.sets),
      arena.i32(forest.roots),
      forest.roots.length,
      K,
      arena.bytes(bins.codes),
      bins.rows,
      raw,
    );
    return arena.readF64(raw, K * bins.rows);
  });
}

/** Raw predictions before the first stage: baseline[k] in row k of [K, rows]. */
export function boostRaw(baseline: readonly number[], rows: number): Float64Array {
  const raw = new Float64Array(baseline.length * rows);
  baseline.forEach((value, k) => raw.fill(value, k * rows, (k + 1) * rows));
  return raw;
}

/** How many sets the first trees of a forest refer to, given their nodes. */
export function boostSetCount(nodes: Int32Array): number {
  let count = 0;
  for (let node = 0; node < nodes.length; node += 4) {
    const isSplit = (nodes[node] as number) >= 0;
    if (isSplit && ((nodes[node + 1] as number) & CATEGORY) !== 0) {
      count = Math.max(count, (nodes[node + 3] as number) + 1);
    }
  }
  return count;
}

interface PlacedRows {
  readonly codes: number;
  readonly rows: number;
  readonly raw: number;
  readonly y: number;
  readonly weights: number;
}

function placeRows(arena: Arena, { bins, y, weights }: BoostRows, raw: Float64Array): PlacedRows {
  return {
    codes: arena.bytes(bins.codes),
    rows: bins.rows,
    raw: arena.f64(raw),
    y: arena.f64(y),
    weights: weights === null ? 0 : arena.f64(weights),
  };
}

function open(
  core: TreesCore,
  arena: Arena,
  { starts, categorical }: BoostEdges,
  missing: Uint8Array,
  { codes, rows, raw, y, weights }: PlacedRows,
  K: number,
  settings: BoostSettings,
): void {
  const bins = Int32Array.from(categorical, (isCategory, f) => {
    return (starts[f + 1] as number) - (starts[f] as number) + (isCategory === 1 ? 0 : 1);
  });
  const flags = categorical.map((isCategory, f) => isCategory + 2 * (missing[f] as number));
  const [seedLow, seedHigh, , purpose] = streamWords({ ...settings.key, trial: 0 });
  core.exports.boostOpen(
    codes,
    rows,
    categorical.length,
    arena.i32(bins),
    arena.bytes(flags),
    K,
    raw,
    y,
    weights,
    boostLosses.indexOf(settings.loss),
    settings.quantile,
    settings.learningRate,
    settings.maxLeaves,
    settings.maxDepth,
    settings.minSamples,
    settings.l2,
    settings.columnsPerSplit,
    seedLow,
    seedHigh,
    purpose,
  );
}

function finite(loss: number): number {
  if (Number.isFinite(loss)) return loss;
  const message = `"learningRate": expected one with which the loss stays a finite number, got a loss of ${loss}`;
  throw new VernierError("numerical-failure", message);
}

function joined<T extends Int32Array | Uint8Array>(type: new (length: number) => T, parts: readonly T[]): T {
  const all = new type(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
