import { show, VernierError } from "../../core/errors.ts";
import type { Space } from "../../core/space.ts";
import type { Features } from "../../core/table.ts";
import type { TreesCore } from "../../wasm/core.ts";
import { defaultTrees } from "../../wasm/default-trees.ts";
import { expArray } from "../../wasm/math.ts";
import { boostingFacts, type FittedBoosting, packBoosted, rawPredictions, unpackBoosted } from "./boost-model.ts";
import { type GradientBoostingRegressorParams, regressorParams } from "./boost-params.ts";
import { boost, type Boosted } from "./boost-run.ts";
import { boostSpace } from "./boost-space.ts";
import type { EstimatorMaker, FitOptions, FittedRegressor, Regressor } from "../estimator.ts";
import type { ModelContents } from "../model-file.ts";
import { regressionData, sampleWeights } from "../training-data.ts";

/** A gradient boosting regressor that has not seen data. */
export interface GradientBoostingRegressor extends Regressor<GradientBoostingRegressorParams> {
  with(params: Readonly<Record<string, unknown>>): GradientBoostingRegressor;
  /**
   * As of any regressor, but X may have NaN for missing values; throws `numerical-failure` where the loss grows beyond
   * double precision.
   */
  fit(X: Features, y: ArrayLike<number>, options?: FitOptions): FittedGradientBoostingRegressor;
}

/** A trained gradient boosting regressor. */
export interface FittedGradientBoostingRegressor extends FittedRegressor, FittedBoosting {
  readonly params: Readonly<GradientBoostingRegressorParams>;
  save(): ArrayBuffer;
}

/**
 * Histogram gradient boosting for regression: trees on binned columns, each grown leaf by leaf on the gradient of the
 * loss. Missing values (NaN) are a bin of their own, which each split sends to one side.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 * Method: Ke et al. (2017), LightGBM; settings as in scikit-learn's HistGradientBoostingRegressor.
 */
export const gradientBoostingRegressor: EstimatorMaker<GradientBoostingRegressor, GradientBoostingRegressorParams> =
  Object.assign(
    (params: Partial<GradientBoostingRegressorParams> = {}): GradientBoostingRegressor =>
      gradientBoostingRegressorOn(defaultTrees, regressorParams(params)),
    { space: boostSpace },
  );

const NAME = "gradientBoostingRegressor";

/** The same on the core that `core` returns, asked for at each fit. */
export function gradientBoostingRegressorOn(
  core: () => TreesCore,
  params: Readonly<GradientBoostingRegressorParams>,
): GradientBoostingRegressor {
  return Object.freeze({
    name: NAME,
    task: "regression",
    params,
    tabular: true,
    space: (): Space => boostSpace(),
    with: (changes: Readonly<Record<string, unknown>>) =>
      gradientBoostingRegressorOn(core, regressorParams(changes, params)),
    fit(features: Features, targets: ArrayLike<number>, options: FitOptions = {}) {
      const { X, y } = regressionData(features, targets, true);
      const weights = sampleWeights(options, X.rows);
      const { loss } = params;
      if (loss === "poisson") expectCounts(y);
      const quantile = loss === "quantile" ? params.quantile : 0.5;
      const task = { X, y, weights, loss, quantile, outputs: 1, codes: null };
      return fitted(core(), params, boost(core(), task, params));
    },
  });
}

/** Reads what `save()` of a trained regressor wrote. */
export function loadGradientBoostingRegressor(
  core: TreesCore,
  contents: ModelContents,
): FittedGradientBoostingRegressor {
  return fitted(core, contents.settings["params"] as GradientBoostingRegressorParams, unpackBoosted(contents));
}

function fitted(
  core: TreesCore,
  params: Readonly<GradientBoostingRegressorParams>,
  boosted: Boosted,
): FittedGradientBoostingRegressor {
  return Object.freeze({
    ...boostingFacts(boosted),
    params,
    save: () => packBoosted(NAME, { params }, boosted),
    predict(X: Features): Float64Array {
      const { data } = rawPredictions(core, boosted, X);
      return params.loss === "poisson" ? expArray(core, data) : data;
    },
  });
}

function expectCounts(y: Float64Array): void {
  const negative = y.findIndex((value) => value < 0);
  if (negative < 0 && y.some((value) => value > 0)) return;
  const got = negative < 0 ? "only 0" : `${show(y[negative])} at position ${negative}`;
  throw new VernierError(
    "invalid-data",
    `"y": expected numbers >= 0 with a positive sum for loss "poisson", got ${got}`,
  );
}
