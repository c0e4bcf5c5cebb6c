import type { LabelsLike } from "../../core/labels.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { defaultModels } from "../../wasm/default-models.ts";
import type { Classifier, EstimatorMaker, FitOptions } from "../estimator.ts";
import { type FittedSvc, fitSvc } from "./svc-fit.ts";
import { type SvcParams, svcParams } from "./svc-params.ts";
import { svmSpace } from "./svm-params.ts";
import { weightedClasses } from "../weighted-rows.ts";

/** A support vector classifier that has not seen data. */
export interface Svc extends Classifier<SvcParams> {
  with(params: Readonly<Record<string, unknown>>): Svc;
  fit(X: Features, y: LabelsLike, options?: FitOptions): FittedSvc;
}

/**
 * C-support vector classification: one binary problem per pair of classes, predictions by vote.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 * Method: Chang & Lin (2011), LIBSVM: a library for support vector machines.
 */
export const svc: EstimatorMaker<Svc, SvcParams> = Object.assign(
  (params: Partial<SvcParams> = {}): Svc => svcOn(defaultModels, svcParams(params)),
  { space: svmSpace },
);

/** The same on the core that `core` returns, asked for at each fit. */
export function svcOn(core: () => ModelsCore, params: Readonly<SvcParams>): Svc {
  return Object.freeze({
    name: "svc",
    task: "classification",
    params,
    space: svmSpace,
    with: (changes: Readonly<Record<string, unknown>>) => svcOn(core, svcParams(changes, params)),
    fit: (X: Features, y: LabelsLike, options?: FitOptions) => fitSvc(core(), params, weightedClasses(X, y, options)),
  });
}
