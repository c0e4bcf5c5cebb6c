import type { LabelsLike, Label } from "../core/labels.ts";
import { type Matrix, takeRows } from "../core/matrix.ts";
import type { Features } from "../core/table.ts";
import type { FitOptions } from "./estimator.ts";
import {
  classificationData,
  type RegressionData,
  regressionData,
  sampleWeights,
  type TrainingData,
} from "./training-data.ts";

// Training data of models for which a weight of 0 means a row that is not there.

/** What stands beside the rows that count. */
export interface RowWeights {
  /** Weights [n] > 0, or null for 1 each. */
  readonly weights: Float64Array | null;
  /** The number in X of each row that counts, or null where all do. */
  readonly kept: Int32Array | null;
}

/** As `classificationData`, without the rows of weight 0. */
export function weightedClasses(X: Features, y: LabelsLike, options: FitOptions = {}): TrainingData & RowWeights {
  const data = classificationData(X, y);
  const counting = countingRows(data.X, options);
  if (counting.kept === null) return { ...data, ...counting };
  const labels = Array.from(counting.kept, (row) => y[row] as Label);
  return { ...classificationData(takeRows(data.X, counting.kept), labels), ...counting };
}

/** As `regressionData`, without the rows of weight 0. */
export function weightedValues(
  X: Features,
  y: ArrayLike<number>,
  options: FitOptions = {},
): RegressionData & RowWeights {
  const data = regressionData(X, y);
  const counting = countingRows(data.X, options);
  const { kept } = counting;
  if (kept === null) return { ...data, ...counting };
  return { X: takeRows(data.X, kept), y: Float64Array.from(kept, (row) => data.y[row] as number), ...counting };
}

/** The sum of the weights of n rows. */
export function totalWeight(weights: Float64Array | null, n: number): number {
  return weights === null ? n : weights.reduce((sum, weight) => sum + weight, 0);
}

function countingRows({ rows }: Matrix, options: FitOptions): RowWeights {
  const weights = sampleWeights(options, rows);
  if (weights === null || weights.every((weight) => weight > 0)) return { weights, kept: null };
  const kept = Int32Array.from([...weights.keys()].filter((row) => (weights[row] as number) > 0));
  return { weights: weights.filter((weight) => weight > 0), kept };
}
