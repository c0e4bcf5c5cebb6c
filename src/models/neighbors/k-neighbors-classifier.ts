import type { LabelsLike } from "../../core/labels.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { defaultModels } from "../../wasm/default-models.ts";
import type { Classifier, EstimatorMaker, FitOptions } from "../estimator.ts";
import { type FittedKNeighborsClassifier, fitKNeighborsClassifier } from "./neighbors-fit.ts";
import { type NeighborsParams, neighborsParams, neighborsSpace } from "./neighbors-params.ts";
import { classificationData } from "../training-data.ts";

const name = "kNeighborsClassifier";

/** A nearest-neighbor classifier that has not seen data. */
export interface KNeighborsClassifier extends Classifier<NeighborsParams> {
  with(params: Readonly<Record<string, unknown>>): KNeighborsClassifier;
  /** Remembers X and y. Throws `invalid-data` where k exceeds n, and `unsupported` for sample weights. */
  fit(X: Features, y: LabelsLike, options?: FitOptions): FittedKNeighborsClassifier;
}

/**
 * Classification by vote of the k nearest training rows, found by comparing with all of them.
 * Of rows equally far the one that comes first in the training data is the nearer.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 */
export const kNeighborsClassifier: EstimatorMaker<KNeighborsClassifier, NeighborsParams> = Object.assign(
  (params: Partial<NeighborsParams> = {}): KNeighborsClassifier =>
    kNeighborsClassifierOn(defaultModels, neighborsParams(name, params)),
  { space: neighborsSpace },
);

/** The same on the core that `core` returns, asked for at each fit. */
export function kNeighborsClassifierOn(
  core: () => ModelsCore,
  params: Readonly<NeighborsParams>,
): KNeighborsClassifier {
  return Object.freeze({
    name,
    task: "classification",
    params,
    space: neighborsSpace,
    with: (changes: Readonly<Record<string, unknown>>) =>
      kNeighborsClassifierOn(core, neighborsParams(name, changes, params)),
    fit: (X: Features, y: LabelsLike, options: FitOptions = {}) =>
      fitKNeighborsClassifier(core(), params, classificationData(X, y), options),
  });
}
