import type { LabelsLike } from "../../core/labels.ts";
import { choice, float, type Space } from "../../core/space.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { defaultModels } from "../../wasm/default-models.ts";
import type { Classifier, EstimatorMaker, FitOptions } from "../estimator.ts";
import { type FittedLogisticRegression, fitLogisticRegression } from "./logistic-fit.ts";
import { type LogisticRegressionParams, logisticParams } from "./logistic-params.ts";
import { weightedClasses } from "../weighted-rows.ts";

/** A logistic regression that has not seen data. */
export interface LogisticRegression extends Classifier<LogisticRegressionParams> {
  with(params: Readonly<Record<string, unknown>>): LogisticRegression;
  fit(X: Features, y: LabelsLike, options?: FitOptions): FittedLogisticRegression;
}

/**
 * Logistic regression, multinomial for more than two classes: the weights that minimize C times the summed
 * log-loss plus |W|_1 ("l1"), |W|^2 / 2 ("l2"), their mixture ("elasticnet") or nothing ("none").
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 */
export const logisticRegression: EstimatorMaker<LogisticRegression, LogisticRegressionParams> = Object.assign(
  (params: Partial<LogisticRegressionParams> = {}): LogisticRegression =>
    logisticRegressionOn(defaultModels, logisticParams(params)),
  { space: logisticSpace },
);

/** The same on the core that `core` returns, asked for at each fit. */
export function logisticRegressionOn(
  core: () => ModelsCore,
  params: Readonly<LogisticRegressionParams>,
): LogisticRegression {
  return Object.freeze({
    name: "logisticRegression",
    task: "classification",
    params,
    space: logisticSpace,
    with: (changes: Readonly<Record<string, unknown>>) => logisticRegressionOn(core, logisticParams(changes, params)),
    fit: (X: Features, y: LabelsLike, options?: FitOptions) =>
      fitLogisticRegression(core(), params, weightedClasses(X, y, options)),
  });
}

/** C from 1e-4 to 1e4 by its logarithm, and the penalty. */
function logisticSpace(): Space {
  return {
    C: float(1e-4, 1e4, { log: true }),
    penalty: choice({ l1: {}, l2: {}, elasticnet: { l1Ratio: float(0.05, 0.95) } }),
  };
}
