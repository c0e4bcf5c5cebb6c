import type { LabelsLike } from "../../core/labels.ts";
import { float, type Space } from "../../core/space.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { defaultModels } from "../../wasm/default-models.ts";
import type { Classifier, EstimatorMaker, FitOptions } from "../estimator.ts";
import { type FittedGaussianNb, fitGaussianNb } from "./gaussian-nb-fit.ts";
import { type GaussianNbParams, gaussianNbParams } from "./gaussian-nb-params.ts";
import { classificationData, sampleWeights } from "../training-data.ts";

/** A Gaussian naive Bayes classifier that has not seen data. */
export interface GaussianNb extends Classifier<GaussianNbParams> {
  with(params: Readonly<Record<string, unknown>>): GaussianNb;
  /** Also throws `invalid-data` for a class whose weights are all 0, or a variance of 0 that is not smoothed. */
  fit(X: Features, y: LabelsLike, options?: FitOptions): FittedGaussianNb;
}

/**
 * Naive Bayes with normal features: within a class each is normal and independent of the others.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 */
export const gaussianNb: EstimatorMaker<GaussianNb, GaussianNbParams> = Object.assign(
  (params: Partial<GaussianNbParams> = {}): GaussianNb => gaussianNbOn(defaultModels, gaussianNbParams(params)),
  { space: gaussianNbSpace },
);

/** The same on the core that `core` returns, asked for at each fit. */
export function gaussianNbOn(core: () => ModelsCore, params: Readonly<GaussianNbParams>): GaussianNb {
  return Object.freeze({
    name: "gaussianNb",
    task: "classification",
    params,
    space: gaussianNbSpace,
    with: (changes: Readonly<Record<string, unknown>>) => gaussianNbOn(core, gaussianNbParams(changes, params)),
    fit: (X: Features, y: LabelsLike, options: FitOptions = {}) => {
      const data = classificationData(X, y);
      return fitGaussianNb(core(), params, data, sampleWeights(options, data.X.rows));
    },
  });
}

/** varSmoothing from 1e-12 to 0.1 by its logarithm. */
function gaussianNbSpace(): Space {
  return { varSmoothing: float(1e-12, 1e-1, { log: true }) };
}
