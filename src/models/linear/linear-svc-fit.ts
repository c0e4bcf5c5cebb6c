import type { Label } from "../../core/labels.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { fitSquaredHinge } from "../../wasm/linear.ts";
import { logisticScores } from "../../wasm/logistic.ts";
import { rowWeights } from "../class-weight.ts";
import type { FittedClassifier } from "../estimator.ts";
import { mostLikely } from "../most-likely.ts";
import type { LinearSvcParams } from "./linear-svc.ts";
import { type ModelContents, packModel } from "../model-file.ts";
import { predictionData, type TrainingData } from "../training-data.ts";
import type { RowWeights } from "../weighted-rows.ts";

/** A trained linear support vector classifier over k classes and d features. */
export interface FittedLinearSvc extends FittedClassifier {
  readonly params: Readonly<LinearSvcParams>;
  /** Weights: one row [1, d] for two classes (positive for the second), else one a class [k, d]. */
  readonly coef: Matrix;
  /** Constant terms, one a row of `coef`. */
  readonly intercept: readonly number[];
  /** Newton steps of each row of `coef`. */
  readonly iterations: readonly number[];
  /** Whether every row met `tol`. */
  readonly converged: boolean;
  /** Linear scores: one column [m, 1] for two classes, positive for the second; else one a class [m, k]. */
  decisionFunction(X: Features): Matrix;
  save(): ArrayBuffer;
}

interface LinearSvcState {
  readonly params: Readonly<LinearSvcParams>;
  readonly classes: readonly Label[];
  readonly iterations: readonly number[];
  readonly converged: boolean;
}

/** Trains on checked data. */
export function fitLinearSvc(
  core: ModelsCore,
  params: Readonly<LinearSvcParams>,
  data: TrainingData & RowWeights,
): FittedLinearSvc {
  const { X, labels } = data;
  const { classes, codes } = labels;
  const counts = rowWeights(data, params.classWeight);
  const { coef, intercept, iterations, converged } = fitSquaredHinge(core, {
    X,
    codes,
    classes: classes.length,
    C: Float64Array.from(codes, (_, row) => params.C * (counts === null ? 1 : (counts[row] as number))),
    interceptScaling: params.fitIntercept ? params.interceptScaling : 0,
    tolerance: params.tol,
    maxIterations: params.maxIterations,
  });
  return fittedLinearSvc(core, { params, classes, iterations: [...iterations], converged }, coef, intercept);
}

/** Reads what `save()` of a trained classifier wrote. */
export function loadLinearSvc(core: ModelsCore, { settings, arrays }: ModelContents): FittedLinearSvc {
  const data = arrays["coef"] as Float64Array;
  const intercept = arrays["intercept"] as Float64Array;
  const coef = { data, rows: intercept.length, cols: data.length / intercept.length };
  return fittedLinearSvc(core, settings as unknown as LinearSvcState, coef, intercept);
}

function fittedLinearSvc(
  core: ModelsCore,
  state: LinearSvcState,
  coef: Matrix,
  intercept: Float64Array,
): FittedLinearSvc {
  const scores = (X: Features): Matrix => logisticScores(core, predictionData(X, coef.cols), coef, intercept);
  return Object.freeze({
    ...state,
    features: coef.cols,
    coef: { ...coef, data: coef.data.slice() },
    intercept: Array.from(intercept),
    save: () => packModel({ name: "linearSvc", settings: { ...state }, arrays: { coef: coef.data, intercept } }),
    predict: (X: Features) => mostLikely(scores(X), state.classes),
    decisionFunction: scores,
  });
}
