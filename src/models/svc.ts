import type { LabelsLike } from "../core/labels.ts";
import type { MatrixLike } from "../core/matrix.ts";
import type { ModelsCore } from "../wasm/core.ts";
import { defaultModels } from "../wasm/default-models.ts";
import type { Classifier } from "./estimator.ts";
import { type FittedSvc, fitSvc } from "./svc-fit.ts";
import { type SvcParams, svcParams } from "./svc-params.ts";
import { classificationData } from "./training-data.ts";

/** A support vector classifier that has not seen data. */
export interface Svc extends Classifier<SvcParams> {
  with(params: Readonly<Record<string, unknown>>): Svc;
  fit(X: MatrixLike, y: LabelsLike): FittedSvc;
}

/**
 * C-support vector classification: one binary problem per pair of classes, predictions by vote.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 * Method: Chang & Lin (2011), LIBSVM: a library for support vector machines.
 */
export function svc(params: Partial<SvcParams> = {}): Svc {
  return svcOn(defaultModels, svcParams(params));
}

/** The same on the core that `core` returns, asked for at each fit. */
export function svcOn(core: () => ModelsCore, params: Readonly<SvcParams>): Svc {
  return Object.freeze({
    name: "svc",
    params,
    with: (changes: Readonly<Record<string, unknown>>) => svcOn(core, svcParams(changes, params)),
    fit: (X: MatrixLike, y: LabelsLike) => fitSvc(core(), params, classificationData(X, y)),
  });
}
