import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { fitLinear, type LinearData, linearGram } from "../../wasm/linear.ts";
import { logisticScores } from "../../wasm/logistic.ts";
import type { FittedRegressor } from "../estimator.ts";
import type { LassoParams, LinearRegressionParams } from "./linear-params.ts";
import { type ModelContents, packModel } from "../model-file.ts";
import { remembered } from "../table-memo.ts";
import { predictionData, type RegressionData } from "../training-data.ts";
import { type RowWeights, totalWeight } from "../weighted-rows.ts";

/** A trained linear regressor over d features. */
export interface FittedLinearModel<P extends LinearRegressionParams = LinearRegressionParams> extends FittedRegressor {
  readonly params: Readonly<P>;
  /** Weights of the features [d]. */
  readonly coef: Float64Array;
  /** The constant term; 0 without `fitIntercept`. */
  readonly intercept: number;
  save(): ArrayBuffer;
}

/** A trained lasso or elastic net. */
export interface FittedLasso<P extends LassoParams = LassoParams> extends FittedLinearModel<P> {
  /** Sweeps over the coefficients. */
  readonly iterations: number;
  /** Whether `tol` is met; false when `maxIterations` or double precision ended the fit. */
  readonly converged: boolean;
  /** How far the objective may be above its least value. */
  readonly dualGap: number;
}

/** The penalty l1 |w|_1 + l2 |w|^2 / 2 beside half the sum of squares, of a fit to rows that count `total`. */
export type PenaltyOf<P> = (params: Readonly<P>, total: number) => { readonly l1: number; readonly l2: number };

interface LinearState {
  readonly params: Readonly<LinearRegressionParams>;
  readonly intercept: number;
  readonly iterations?: number;
  readonly converged?: boolean;
  readonly dualGap?: number;
}

/** With fewer columns, inner products cost no more than looking them up. */
const MIN_COLUMNS = 16;

/** Trains on checked data. */
export function fitLinearModel<P extends LinearRegressionParams>(
  core: ModelsCore,
  name: string,
  params: Readonly<P>,
  penaltyOf: PenaltyOf<P>,
  data: RegressionData & RowWeights,
): FittedLinearModel<P> {
  const { X, y, weights } = data;
  const total = totalWeight(weights, X.rows);
  const penalty = penaltyOf(params, total);
  // Only the lasso and the elastic net have them.
  const { tol = 1, maxIterations = 1 } = params as Partial<LassoParams>;
  const { coef, intercept, gap, iterations, converged } = fitLinear(
    core,
    { X, y, weights, gram: gramOf(core, data, params.fitIntercept) },
    {
      l1: Math.min(penalty.l1, Number.MAX_VALUE),
      l2: Math.min(penalty.l2, Number.MAX_VALUE),
      intercept: params.fitIntercept,
      tolerance: tol,
      maxIterations,
    },
  );
  const search = "tol" in params ? { iterations, converged, dualGap: gap / total } : {};
  return fittedLinear(core, name, { params, intercept, ...search }, coef) as FittedLinearModel<P>;
}

/** Reads what `save()` of a trained linear regressor wrote. */
export function loadLinearModel(core: ModelsCore, { name, settings, arrays }: ModelContents): FittedLinearModel {
  return fittedLinear(core, name, settings as unknown as LinearState, arrays["coef"] as Float64Array);
}

function fittedLinear(core: ModelsCore, name: string, state: LinearState, coef: Float64Array): FittedLinearModel {
  const weights = { data: coef, rows: 1, cols: coef.length };
  return Object.freeze({
    ...state,
    features: coef.length,
    coef: coef.slice(),
    save: () => packModel({ name, settings: { ...state }, arrays: { coef } }),
    predict: (X: Features) =>
      logisticScores(core, predictionData(X, coef.length), weights, Float64Array.of(state.intercept)).data,
  });
}

// Inner products of a table that is fitted again and again; where there are more columns than rows they are not used.
function gramOf(core: ModelsCore, { X, weights }: LinearData, intercept: boolean): Float64Array | null {
  if (weights !== null || X.cols < MIN_COLUMNS || X.cols > X.rows) return null;
  return remembered(
    X,
    `linearGram/${intercept}`,
    (gram) => gram.byteLength,
    () => linearGram(core, X, intercept),
  );
}
