import type { Matrix } from "../../core/matrix.ts";
import type { Features } from "../../core/table.ts";
import { boostBin, boostPredict } from "../../wasm/boost.ts";
import type { TreesCore } from "../../wasm/core.ts";
import { type Boosted } from "./boost-run.ts";
import { type ModelContents, packModel } from "../model-file.ts";
import { predictionData } from "../training-data.ts";

/** What trained classifiers and regressors have in common. */
export interface FittedBoosting {
  readonly features: number;
  /** Stages of boosting: `trees`, or fewer where it stopped early. */
  readonly iterations: number;
  /** Raw predictions before the first stage, one an output. */
  readonly baseline: readonly number[];
  /** Mean loss on the training rows before the first stage and after each [iterations + 1]. */
  readonly trainLoss: Float64Array;
  /** The same on the rows held back; empty where none were. */
  readonly validationLoss: Float64Array;
}

export function boostingFacts({ edges, baseline, trainLoss, validationLoss }: Boosted): FittedBoosting {
  return {
    features: edges.categorical.length,
    iterations: trainLoss.length - 1,
    baseline,
    trainLoss: trainLoss.slice(),
    validationLoss: validationLoss.slice(),
  };
}

/** Raw predictions [m, K] of X [m, d]. */
export function rawPredictions(core: TreesCore, { edges, forest, baseline }: Boosted, X: Features): Matrix {
  const matrix = predictionData(X, edges.categorical.length, true);
  const { rows } = matrix;
  const cols = baseline.length;
  const raw = boostPredict(core, forest, baseline, boostBin(core, matrix, edges));
  if (cols === 1) return { data: raw, rows, cols };
  const data = new Float64Array(raw.length);
  for (let i = 0; i < rows; i++) for (let k = 0; k < cols; k++) data[i * cols + k] = raw[k * rows + i] as number;
  return { data, rows, cols };
}

/** A trained model as bytes; `settings` is what it has beside the trees. */
export function packBoosted(name: string, settings: ModelContents["settings"], boosted: Boosted): ArrayBuffer {
  const { edges, forest, baseline, trainLoss, validationLoss } = boosted;
  const arrays = { ...edges, ...forest, trainLoss, validationLoss };
  return packModel({ name, settings: { ...settings, baseline }, arrays });
}

/** Reads what `packBoosted` wrote. */
export function unpackBoosted({ settings, arrays }: ModelContents): Boosted {
  const numbers = arrays as Readonly<Record<string, Float64Array>>;
  return {
    edges: {
      starts: arrays["starts"] as Int32Array,
      edges: numbers["edges"] as Float64Array,
      categorical: arrays["categorical"] as Uint8Array,
    },
    forest: {
      nodes: arrays["nodes"] as Int32Array,
      sets: arrays["sets"] as Uint8Array,
      roots: arrays["roots"] as Int32Array,
    },
    baseline: settings["baseline"] as number[],
    trainLoss: numbers["trainLoss"] as Float64Array,
    validationLoss: numbers["validationLoss"] as Float64Array,
  };
}
