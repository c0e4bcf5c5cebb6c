import type { Label } from "../../core/labels.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { fitLogistic, logisticProbabilities, logisticScores } from "../../wasm/logistic.ts";
import { rowWeights } from "../class-weight.ts";
import type { FittedClassifier } from "../estimator.ts";
import type { LogisticRegressionParams } from "./logistic-params.ts";
import { mostLikely } from "../most-likely.ts";
import { type ModelContents, packModel } from "../model-file.ts";
import { predictionData, type TrainingData } from "../training-data.ts";
import type { RowWeights } from "../weighted-rows.ts";

/** A trained logistic regression over k classes and d features. */
export interface FittedLogisticRegression extends FittedClassifier {
  readonly params: Readonly<LogisticRegressionParams>;
  /** Weights: one row [1, d] for two classes (positive for the second), else one a class [k, d]. */
  readonly coef: Matrix;
  /** Constant terms, one a row of `coef`; for more than two classes their sum is 0. */
  readonly intercept: readonly number[];
  /** C times the (weighted) sum of log-losses, plus the penalty, at the solution. */
  readonly objective: number;
  readonly iterations: number;
  /** False where no optimum was reached: `maxIterations`, or separable classes without a penalty. */
  readonly converged: boolean;
  /** Linear scores: one column [m, 1] for two classes, positive for the second; else one a class [m, k]. */
  decisionFunction(X: Features): Matrix;
  /** Probabilities of the classes [m, k]; each row sums to 1. */
  predictProba(X: Features): Matrix;
  save(): ArrayBuffer;
}

/** What a trained model consists of. */
interface LogisticState {
  readonly params: Readonly<LogisticRegressionParams>;
  readonly classes: readonly Label[];
  readonly coef: Matrix;
  readonly intercept: Float64Array;
  readonly objective: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Trains on checked data. */
export function fitLogisticRegression(
  core: ModelsCore,
  params: Readonly<LogisticRegressionParams>,
  data: TrainingData & RowWeights,
): FittedLogisticRegression {
  const { X, labels } = data;
  const { classes, codes } = labels;
  const weights = rowWeights(data, params.classWeight);
  const solution = fitLogistic(core, X, codes, classes.length, weights, {
    C: params.C,
    ...penaltyWeights(params),
    intercept: params.fitIntercept,
    tolerance: params.tol,
    maxIterations: params.maxIterations,
  });
  return fittedLogistic(core, { ...solution, params, classes });
}

/** Reads what `save()` of a trained logistic regression wrote. */
export function loadLogisticRegression(
  core: ModelsCore,
  { settings, arrays }: ModelContents,
): FittedLogisticRegression {
  const { rows, cols, ...rest } = settings as unknown as Omit<LogisticState, "coef" | "intercept"> & Matrix;
  const coef = { data: arrays["coef"] as Float64Array, rows, cols };
  return fittedLogistic(core, { ...rest, coef, intercept: arrays["intercept"] as Float64Array });
}

function fittedLogistic(core: ModelsCore, state: LogisticState): FittedLogisticRegression {
  const { coef, intercept, ...rest } = state;
  const { classes } = rest;
  const scores = (rows: Features): Matrix => logisticScores(core, predictionData(rows, coef.cols), coef, intercept);
  return Object.freeze({
    ...rest,
    features: coef.cols,
    coef,
    intercept: Array.from(intercept),
    save: () => {
      const settings = { ...rest, rows: coef.rows, cols: coef.cols };
      return packModel({ name: "logisticRegression", settings, arrays: { coef: coef.data, intercept } });
    },
    predict: (rows: Features) => mostLikely(scores(rows), classes),
    decisionFunction: scores,
    predictProba: (rows: Features) => logisticProbabilities(core, scores(rows)),
  });
}

function penaltyWeights({ penalty, l1Ratio }: LogisticRegressionParams): { readonly l1: number; readonly l2: number } {
  if (penalty === "none") return { l1: 0, l2: 0 };
  if (penalty === "elasticnet") return { l1: l1Ratio, l2: 1 - l1Ratio };
  return penalty === "l1" ? { l1: 1, l2: 0 } : { l1: 0, l2: 1 };
}
