import { float, type Space } from "../../core/space.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { defaultModels } from "../../wasm/default-models.ts";
import type { EstimatorMaker, FitOptions, Regressor } from "../estimator.ts";
import { type FittedLasso, type FittedLinearModel, fitLinearModel, type PenaltyOf } from "./linear-fit.ts";
import {
  type ElasticNetParams,
  elasticNetParams,
  type LassoParams,
  lassoParams,
  type LinearRegressionParams,
  linearRegressionParams,
  type RidgeParams,
  ridgeParams,
} from "./linear-params.ts";
import { weightedValues } from "../weighted-rows.ts";

/** A linear regressor that has not seen data. */
export interface LinearModel<P extends LinearRegressionParams, F extends FittedLinearModel<P>> extends Regressor<P> {
  with(params: Readonly<Record<string, unknown>>): LinearModel<P, F>;
  fit(X: Features, y: ArrayLike<number>, options?: FitOptions): F;
}

export type LinearRegression = LinearModel<LinearRegressionParams, FittedLinearModel>;
export type Ridge = LinearModel<RidgeParams, FittedLinearModel<RidgeParams>>;
export type Lasso = LinearModel<LassoParams, FittedLasso>;
export type ElasticNet = LinearModel<ElasticNetParams, FittedLasso<ElasticNetParams>>;

interface Kind<P extends LinearRegressionParams> {
  readonly name: string;
  readonly params: (changes: Readonly<Record<string, unknown>>, base?: P) => Readonly<P>;
  readonly penalty: PenaltyOf<P>;
  readonly space: () => Space;
}

const alpha = float(1e-4, 1e2, { log: true });

const kinds = {
  linearRegression: {
    name: "linearRegression",
    params: linearRegressionParams,
    penalty: () => ({ l1: 0, l2: 0 }),
    space: () => ({}),
  } satisfies Kind<LinearRegressionParams>,
  ridge: {
    name: "ridge",
    params: ridgeParams,
    penalty: (params) => ({ l1: 0, l2: params.alpha }),
    space: () => ({ alpha: float(1e-3, 1e3, { log: true }) }),
  } satisfies Kind<RidgeParams>,
  lasso: {
    name: "lasso",
    params: lassoParams,
    penalty: (params, total) => ({ l1: params.alpha * total, l2: 0 }),
    space: () => ({ alpha }),
  } satisfies Kind<LassoParams>,
  elasticNet: {
    name: "elasticNet",
    params: elasticNetParams,
    penalty: (params, total) => ({
      l1: params.alpha * params.l1Ratio * total,
      l2: params.alpha * (1 - params.l1Ratio) * total,
    }),
    space: () => ({ alpha, l1Ratio: float(0.05, 1) }),
  } satisfies Kind<ElasticNetParams>,
};

/**
 * Least squares: the w and b that minimize |y - Xw - b|^2, and of several (columns that depend on each other, more
 * columns than rows) the shortest w.
 */
export const linearRegression: EstimatorMaker<LinearRegression, LinearRegressionParams> = maker(kinds.linearRegression);

/**
 * Ridge regression: the w and b that minimize |y - Xw - b|^2 + alpha |w|^2. A sample's weight multiplies its square.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 */
export const ridge: EstimatorMaker<Ridge, RidgeParams> = maker(kinds.ridge);

/**
 * The lasso: the w and b that minimize |y - Xw - b|^2 / (2n) + alpha |w|_1, with weighted samples the weighted mean
 * in place of the first term. For alpha = 0 it is `linearRegression`.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 */
export const lasso: EstimatorMaker<Lasso, LassoParams> = maker(kinds.lasso);

/**
 * The elastic net: as `lasso`, with the penalty alpha (l1Ratio |w|_1 + (1 - l1Ratio) |w|^2 / 2).
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 */
export const elasticNet: EstimatorMaker<ElasticNet, ElasticNetParams> = maker(kinds.elasticNet);

function maker<P extends LinearRegressionParams, F extends FittedLinearModel<P>>(
  kind: Kind<P>,
): EstimatorMaker<LinearModel<P, F>, P> {
  return Object.assign(
    (params: Partial<P> = {}): LinearModel<P, F> => linearModelOn(defaultModels, kind, kind.params(params)),
    { space: kind.space },
  );
}

function linearModelOn<P extends LinearRegressionParams, F extends FittedLinearModel<P>>(
  core: () => ModelsCore,
  kind: Kind<P>,
  params: Readonly<P>,
): LinearModel<P, F> {
  return Object.freeze({
    name: kind.name,
    task: "regression",
    params,
    space: kind.space,
    with: (changes: Readonly<Record<string, unknown>>) => linearModelOn<P, F>(core, kind, kind.params(changes, params)),
    fit: (X: Features, y: ArrayLike<number>, options?: FitOptions) =>
      fitLinearModel(core(), kind.name, params, kind.penalty, weightedValues(X, y, options)) as F,
  });
}
