import type { Label } from "../../core/labels.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import type { Neighbors } from "../../wasm/neighbors.ts";
import type { FitOptions, FittedClassifier, FittedRegressor } from "../estimator.ts";
import { type ModelContents, packModel } from "../model-file.ts";
import { mostLikely } from "../most-likely.ts";
import { loadedTable, type NeighborTable, trainedTable } from "./neighbor-table.ts";
import { neighborWeights } from "./neighbor-weights.ts";
import type { NeighborsParams } from "./neighbors-params.ts";
import type { RegressionData, TrainingData } from "../training-data.ts";

interface FittedNeighbors {
  readonly params: Readonly<NeighborsParams>;
  /** The k nearest training rows of each row of X [m, d], and how far they are. */
  neighbors(X: Features): Neighbors;
}

/** A trained nearest-neighbor classifier. */
export interface FittedKNeighborsClassifier extends FittedClassifier, FittedNeighbors {
  /** The class of most neighbors, as they are weighted; the first of those that tie. */
  predict(X: Features): Label[];
  /** Shares of the classes among the neighbors, as they are weighted [m, classes]. */
  predictProba(X: Features): Matrix;
  save(): ArrayBuffer;
}

/** A trained nearest-neighbor regressor. */
export interface FittedKNeighborsRegressor extends FittedRegressor, FittedNeighbors {
  /** The mean of the neighbors' values, as they are weighted. */
  predict(X: Features): Float64Array;
  save(): ArrayBuffer;
}

/** Trains on checked data; throws as `trainedTable`. */
export function fitKNeighborsClassifier(
  core: ModelsCore,
  params: Readonly<NeighborsParams>,
  { X, labels }: TrainingData,
  options: FitOptions,
): FittedKNeighborsClassifier {
  return fittedClassifier(params, trainedTable(core, params, X, options), labels.classes, labels.codes);
}

/** Trains on checked data; throws as `trainedTable`. */
export function fitKNeighborsRegressor(
  core: ModelsCore,
  params: Readonly<NeighborsParams>,
  { X, y }: RegressionData,
  options: FitOptions,
): FittedKNeighborsRegressor {
  return fittedRegressor(params, trainedTable(core, params, X, options), y);
}

/** Reads what `save()` of a trained classifier wrote. */
export function loadKNeighborsClassifier(core: ModelsCore, contents: ModelContents): FittedKNeighborsClassifier {
  const { params, table } = unpackTable(core, contents);
  const classes = contents.settings["classes"] as readonly Label[];
  return fittedClassifier(params, table, classes, contents.arrays["codes"] as Int32Array);
}

/** Reads what `save()` of a trained regressor wrote. */
export function loadKNeighborsRegressor(core: ModelsCore, contents: ModelContents): FittedKNeighborsRegressor {
  const { params, table } = unpackTable(core, contents);
  return fittedRegressor(params, table, contents.arrays["y"] as Float64Array);
}

function fittedClassifier(
  params: Readonly<NeighborsParams>,
  table: NeighborTable,
  classes: readonly Label[],
  codes: Int32Array,
): FittedKNeighborsClassifier {
  const cols = classes.length;
  const votes = (X: Features): Matrix => {
    const nearest = table.nearest(X);
    const weights = neighborWeights(nearest, params.weights);
    const data = new Float64Array((weights.length / nearest.k) * cols);
    nearest.rows.forEach((row, at) => {
      const vote = Math.floor(at / nearest.k) * cols + (codes[row] as number);
      data[vote] = (data[vote] as number) + (weights[at] as number);
    });
    return { data, rows: data.length / cols, cols };
  };
  return Object.freeze({
    ...fittedTable(params, table),
    classes,
    save: () => packTable("kNeighborsClassifier", params, table, { classes }, { codes }),
    predict: (X: Features) => mostLikely(votes(X), classes),
    predictProba: (X: Features): Matrix => {
      const shares = votes(X);
      for (let first = 0; first < shares.data.length; first += cols) {
        const row = shares.data.subarray(first, first + cols);
        const sum = row.reduce((total, vote) => total + vote, 0);
        row.forEach((vote, c) => {
          row[c] = vote / sum;
        });
      }
      return shares;
    },
  });
}

function fittedRegressor(
  params: Readonly<NeighborsParams>,
  table: NeighborTable,
  y: Float64Array,
): FittedKNeighborsRegressor {
  return Object.freeze({
    ...fittedTable(params, table),
    save: () => packTable("kNeighborsRegressor", params, table, {}, { y }),
    predict: (X: Features): Float64Array => {
      const nearest = table.nearest(X);
      const weights = neighborWeights(nearest, params.weights);
      return Float64Array.from({ length: weights.length / nearest.k }, (_, i) => {
        let sum = 0;
        let total = 0;
        for (let at = i * nearest.k; at < (i + 1) * nearest.k; at++) {
          const weight = weights[at] as number;
          sum += weight * (y[nearest.rows[at] as number] as number);
          total += weight;
        }
        return sum / total;
      });
    },
  });
}

function fittedTable(
  params: Readonly<NeighborsParams>,
  table: NeighborTable,
): Pick<FittedKNeighborsRegressor, "params" | "features" | "neighbors"> {
  return { params, features: table.X.cols, neighbors: table.nearest };
}

function packTable(
  name: string,
  params: Readonly<NeighborsParams>,
  { X }: NeighborTable,
  settings: ModelContents["settings"],
  arrays: ModelContents["arrays"],
): ArrayBuffer {
  const shape = { rows: X.rows, cols: X.cols };
  return packModel({
    name,
    settings: { params: { ...params }, ...shape, ...settings },
    arrays: { X: X.data, ...arrays },
  });
}

function unpackTable(
  core: ModelsCore,
  { settings, arrays }: ModelContents,
): { readonly params: Readonly<NeighborsParams>; readonly table: NeighborTable } {
  const { params, rows, cols } = settings as unknown as {
    readonly params: NeighborsParams;
    readonly rows: number;
    readonly cols: number;
  };
  return { params, table: loadedTable(core, params, { data: arrays["X"] as Float64Array, rows, cols }) };
}
