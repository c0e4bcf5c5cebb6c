import { expectNumber } from "../../core/errors.ts";
import { float, type Space } from "../../core/space.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { defaultModels } from "../../wasm/default-models.ts";
import type { EstimatorMaker, FitOptions, Regressor } from "../estimator.ts";
import { mergeParams } from "../merge-params.ts";
import { checkSvmParams, svmDefaults, type SvmParams, svmSpace } from "./svm-params.ts";
import { type FittedSvr, fitSvr } from "./svr-fit.ts";
import { weightedValues } from "../weighted-rows.ts";

/** Settings of a support vector regressor; names and defaults are those of scikit-learn's SVR and LIBSVM. */
export type SvrParams = SvmParams & {
  /** Errors up to this size are free, >= 0; in units of y. */
  readonly epsilon: number;
};

/** A support vector regressor that has not seen data. */
export interface Svr extends Regressor<SvrParams> {
  with(params: Readonly<Record<string, unknown>>): Svr;
  fit(X: Features, y: ArrayLike<number>, options?: FitOptions): FittedSvr;
}

/**
 * Epsilon-support vector regression.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 * Method: Chang & Lin (2011), LIBSVM: a library for support vector machines.
 */
export const svr: EstimatorMaker<Svr, SvrParams> = Object.assign(
  (params: Partial<SvrParams> = {}): Svr => svrOn(defaultModels, svrParams(params)),
  { space: svrSpace },
);

const defaults: SvrParams = { ...svmDefaults, epsilon: 0.1 };

/** `base` with `changes`, checked and frozen. */
export function svrParams(changes: Readonly<Record<string, unknown>>, base: SvrParams = defaults): Readonly<SvrParams> {
  const params = mergeParams("svr", changes, base);
  const epsilon = expectNumber("epsilon", params.epsilon, "a finite number >= 0", (value) => value >= 0);
  return Object.freeze({ ...checkSvmParams(params), epsilon });
}

/** The same on the core that `core` returns, asked for at each fit. */
export function svrOn(core: () => ModelsCore, params: Readonly<SvrParams>): Svr {
  return Object.freeze({
    name: "svr",
    task: "regression",
    params,
    space: svrSpace,
    with: (changes: Readonly<Record<string, unknown>>) => svrOn(core, svrParams(changes, params)),
    fit: (X: Features, y: ArrayLike<number>, options?: FitOptions) =>
      fitSvr(core(), params, weightedValues(X, y, options)),
  });
}

/** As `svc`'s, and epsilon from 1e-3 to 1 by its logarithm, for a y of about unit variance. */
function svrSpace(): Space {
  return { ...svmSpace(), epsilon: float(1e-3, 1, { log: true }) };
}
