import type { LabelsLike } from "../core/labels.ts";
import type { MatrixLike } from "../core/matrix.ts";
import type { ModelsCore } from "../wasm/core.ts";
import { defaultModels } from "../wasm/default-models.ts";
import type { Classifier } from "./estimator.ts";
import { type FittedLogisticRegression, fitLogisticRegression } from "./logistic-fit.ts";
import { type LogisticRegressionParams, logisticParams } from "./logistic-params.ts";
import { classificationData } from "./training-data.ts";

/** A logistic regression that has not seen data. */
export interface LogisticRegression extends Classifier<LogisticRegressionParams> {
  with(params: Readonly<Record<string, unknown>>): LogisticRegression;
  fit(X: MatrixLike, y: LabelsLike): FittedLogisticRegression;
}

/**
 * Logistic regression, multinomial for more than two classes: the weights that minimize C times the summed
 * log-loss plus |W|_1 ("l1"), |W|^2 / 2 ("l2"), their mixture ("elasticnet") or nothing ("none").
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 */
export function logisticRegression(params: Partial<LogisticRegressionParams> = {}): LogisticRegression {
  return logisticRegressionOn(defaultModels, logisticParams(params));
}

/** The same on the core that `core` returns, asked for at each fit. */
export function logisticRegressionOn(
  core: () => ModelsCore,
  params: Readonly<LogisticRegressionParams>,
): LogisticRegression {
  return Object.freeze({
    name: "logisticRegression",
    params,
    with: (changes: Readonly<Record<string, unknown>>) => logisticRegressionOn(core, logisticParams(changes, params)),
    fit: (X: MatrixLike, y: LabelsLike) => fitLogisticRegression(core(), params, classificationData(X, y)),
  });
}
