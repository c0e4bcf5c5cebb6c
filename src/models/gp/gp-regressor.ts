import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { defaultModels } from "../../wasm/default-models.ts";
import type { EstimatorMaker, FitOptions, Regressor } from "../estimator.ts";
import { type FittedGpRegressor, fitGpRegressor } from "./gp-regressor-fit.ts";
import { type GpRegressorParams, gpRegressorParams, gpRegressorSpace } from "./gp-regressor-params.ts";
import { regressionData } from "../training-data.ts";

/** Gaussian process regression that has not seen data. */
export interface GpRegressor extends Regressor<GpRegressorParams> {
  with(params: Readonly<Record<string, unknown>>): GpRegressor;
  /**
   * Time grows with n^3, memory with n^2. Also throws `invalid-data` for more than 8192 rows, `unsupported` for sample
   * weights, and `numerical-failure` where rows are so alike that only more noise would tell them apart.
   */
  fit(X: Features, y: ArrayLike<number>, options?: FitOptions): FittedGpRegressor;
}

/**
 * Gaussian process regression with constant mean, whose predictions come with standard deviations.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 * Method: Rasmussen & Williams (2006), chapters 2 and 5.
 */
export const gpRegressor: EstimatorMaker<GpRegressor, GpRegressorParams> = Object.assign(
  (params: Partial<GpRegressorParams> = {}): GpRegressor => gpRegressorOn(defaultModels, gpRegressorParams(params)),
  { space: gpRegressorSpace },
);

/** The same on the core that `core` returns, asked for at each fit. */
export function gpRegressorOn(core: () => ModelsCore, params: Readonly<GpRegressorParams>): GpRegressor {
  return Object.freeze({
    name: "gpRegressor",
    task: "regression",
    params,
    space: gpRegressorSpace,
    with: (changes: Readonly<Record<string, unknown>>) => gpRegressorOn(core, gpRegressorParams(changes, params)),
    fit: (X: Features, y: ArrayLike<number>, options: FitOptions = {}) =>
      fitGpRegressor(core(), params, regressionData(X, y), options),
  });
}
