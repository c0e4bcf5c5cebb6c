import type { LabelsLike } from "../core/labels.ts";
import type { Features } from "../core/table.ts";
import type { Estimator, FitOptions, FittedEstimator } from "../models/estimator.ts";
import type { Targets } from "./targets.ts";

/** Trains on X [n, d], y [n], checked for the estimator's task; `weights` [n] count the samples, null all alike. */
export function fitEstimator(
  estimator: Estimator<object>,
  X: Features,
  y: Targets,
  weights: Float64Array | null,
): FittedEstimator {
  const options: FitOptions = weights === null ? {} : { sampleWeight: weights };
  if (estimator.task === "regression") return estimator.fit(X, y as Float64Array, options);
  return estimator.fit(X, y as LabelsLike, options);
}
