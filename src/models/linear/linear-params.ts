import { expectInteger, expectNumber, expectOneOf } from "../../core/errors.ts";
import { mergeParams } from "../merge-params.ts";

// Settings of the linear regressors; names are scikit-learn's, and so are their defaults but for `tol`.

/** Settings of least squares without a penalty. */
export type LinearRegressionParams = {
  /** Whether there is a constant term, free of penalty. */
  readonly fitIntercept: boolean;
};

export type RidgeParams = LinearRegressionParams & {
  /** Weight of the penalty, >= 0; with 0 it is `linearRegression`. */
  readonly alpha: number;
};

export type LassoParams = RidgeParams & {
  /** Bound for the duality gap, relative to the mean square of y about its mean, > 0. */
  readonly tol: number;
  /** Sweeps over the coefficients, >= 1. */
  readonly maxIterations: number;
};

export type ElasticNetParams = LassoParams & {
  /** Share of L1 in the penalty, from 0 (as `ridge` with alpha n) to 1 (as `lasso`). */
  readonly l1Ratio: number;
};

type Changes = Readonly<Record<string, unknown>>;

const least: LinearRegressionParams = { fitIntercept: true };
const ridge: RidgeParams = { alpha: 1, ...least };
const lasso: LassoParams = { ...ridge, tol: 1e-12, maxIterations: 1000 };
const elasticNet: ElasticNetParams = { ...lasso, l1Ratio: 0.5 };

// `base` with `changes`, checked and frozen; all throw `invalid-argument` for an unknown name or a value not allowed.

export function linearRegressionParams(
  changes: Changes,
  base: LinearRegressionParams = least,
): Readonly<LinearRegressionParams> {
  const params = mergeParams("linearRegression", changes, base);
  return Object.freeze({ fitIntercept: checkIntercept(params) });
}

export function ridgeParams(changes: Changes, base: RidgeParams = ridge): Readonly<RidgeParams> {
  const params = mergeParams("ridge", changes, base);
  return Object.freeze({ alpha: checkAlpha(params), fitIntercept: checkIntercept(params) });
}

export function lassoParams(changes: Changes, base: LassoParams = lasso): Readonly<LassoParams> {
  return Object.freeze(checkLasso(mergeParams("lasso", changes, base)));
}

export function elasticNetParams(changes: Changes, base: ElasticNetParams = elasticNet): Readonly<ElasticNetParams> {
  const params = mergeParams("elasticNet", changes, base);
  const l1Ratio = expectNumber("l1Ratio", params.l1Ratio, "a number from 0 to 1", (value) => value >= 0 && value <= 1);
  return Object.freeze({ ...checkLasso(params), l1Ratio });
}

function checkLasso(params: Readonly<Record<keyof LassoParams, unknown>>): LassoParams {
  return {
    alpha: checkAlpha(params),
    fitIntercept: checkIntercept(params),
    tol: expectNumber("tol", params.tol, "a finite number > 0", (value) => value > 0),
    maxIterations: expectInteger("maxIterations", params.maxIterations, 1, 2_147_483_647),
  };
}

function checkAlpha({ alpha }: { readonly alpha: unknown }): number {
  return expectNumber("alpha", alpha, "a finite number >= 0", (value) => value >= 0);
}

function checkIntercept({ fitIntercept }: { readonly fitIntercept: unknown }): boolean {
  return expectOneOf("fitIntercept", fitIntercept, [true, false]);
}
