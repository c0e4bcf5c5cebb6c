import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { defaultModels } from "../../wasm/default-models.ts";
import type { EstimatorMaker, FitOptions, Regressor } from "../estimator.ts";
import { type FittedKNeighborsRegressor, fitKNeighborsRegressor } from "./neighbors-fit.ts";
import { type NeighborsParams, neighborsParams, neighborsSpace } from "./neighbors-params.ts";
import { regressionData } from "../training-data.ts";

const name = "kNeighborsRegressor";

/** A nearest-neighbor regressor that has not seen data. */
export interface KNeighborsRegressor extends Regressor<NeighborsParams> {
  with(params: Readonly<Record<string, unknown>>): KNeighborsRegressor;
  /** Remembers X and y. Throws `invalid-data` where k exceeds n, and `unsupported` for sample weights. */
  fit(X: Features, y: ArrayLike<number>, options?: FitOptions): FittedKNeighborsRegressor;
}

/**
 * Regression by the mean of the k nearest training rows, found by comparing with all of them.
 * Of rows equally far the one that comes first in the training data is the nearer.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 */
export const kNeighborsRegressor: EstimatorMaker<KNeighborsRegressor, NeighborsParams> = Object.assign(
  (params: Partial<NeighborsParams> = {}): KNeighborsRegressor =>
    kNeighborsRegressorOn(defaultModels, neighborsParams(name, params)),
  { space: neighborsSpace },
);

/** The same on the core that `core` returns, asked for at each fit. */
export function kNeighborsRegressorOn(core: () => ModelsCore, params: Readonly<NeighborsParams>): KNeighborsRegressor {
  return Object.freeze({
    name,
    task: "regression",
    params,
    space: neighborsSpace,
    with: (changes: Readonly<Record<string, unknown>>) =>
      kNeighborsRegressorOn(core, neighborsParams(name, changes, params)),
    fit: (X: Features, y: ArrayLike<number>, options: FitOptions = {}) =>
      fitKNeighborsRegressor(core(), params, regressionData(X, y), options),
  });
}
