import type { LabelsLike } from "../core/labels.ts";
import { choice, float, int, type Space } from "../core/space.ts";
import type { Features } from "../core/table.ts";
import type { ModelsCore } from "../wasm/core.ts";
import { defaultModels } from "../wasm/default-models.ts";
import type { Classifier, EstimatorMaker } from "./estimator.ts";
import { type FittedSvc, fitSvc } from "./svc-fit.ts";
import { type SvcParams, svcParams } from "./svc-params.ts";
import { classificationData } from "./training-data.ts";

/** A support vector classifier that has not seen data. */
export interface Svc extends Classifier<SvcParams> {
  with(params: Readonly<Record<string, unknown>>): Svc;
  fit(X: Features, y: LabelsLike): FittedSvc;
}

/**
 * C-support vector classification: one binary problem per pair of classes, predictions by vote.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 * Method: Chang & Lin (2011), LIBSVM: a library for support vector machines.
 */
export const svc: EstimatorMaker<Svc, SvcParams> = Object.assign(
  (params: Partial<SvcParams> = {}): Svc => svcOn(defaultModels, svcParams(params)),
  { space: svcSpace },
);

/** The same on the core that `core` returns, asked for at each fit. */
export function svcOn(core: () => ModelsCore, params: Readonly<SvcParams>): Svc {
  return Object.freeze({
    name: "svc",
    task: "classification",
    params,
    space: svcSpace,
    with: (changes: Readonly<Record<string, unknown>>) => svcOn(core, svcParams(changes, params)),
    fit: (X: Features, y: LabelsLike) => fitSvc(core(), params, classificationData(X, y)),
  });
}

/** C from 1e-3 to 1e3 and, for kernels other than the linear one, gamma from 1e-4 to 10, both by their logarithm. */
function svcSpace(): Space {
  const gamma = float(1e-4, 10, { log: true });
  return {
    C: float(1e-3, 1e3, { log: true }),
    kernel: choice({ linear: {}, rbf: { gamma }, poly: { gamma, degree: int(2, 5) }, sigmoid: { gamma } }),
  };
}
