import { expectInteger, expectNumber, expectOneOf } from "../../core/errors.ts";
import type { LabelsLike } from "../../core/labels.ts";
import { float, type Space } from "../../core/space.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { defaultModels } from "../../wasm/default-models.ts";
import { checkClassWeight, type ClassWeight } from "../class-weight.ts";
import type { Classifier, EstimatorMaker, FitOptions } from "../estimator.ts";
import { type FittedLinearSvc, fitLinearSvc } from "./linear-svc-fit.ts";
import { mergeParams } from "../merge-params.ts";
import { weightedClasses } from "../weighted-rows.ts";

/** Settings of a linear support vector classifier; names and defaults are scikit-learn's, but for `tol`. */
export type LinearSvcParams = {
  /** Weight of the loss against the penalty, > 0. */
  readonly C: number;
  /** Whether there is a constant term; it is penalized like the other weights. */
  readonly fitIntercept: boolean;
  /** The constant column that stands for it, > 0: the greater, the less the penalty matters for it. */
  readonly interceptScaling: number;
  /** Bound for the gradient's norm at the solution, relative to the terms that cancel in it, > 0. */
  readonly tol: number;
  /** Newton steps a class, >= 1. */
  readonly maxIterations: number;
  /** "balanced": every class counts alike. */
  readonly classWeight: ClassWeight;
};

/** A linear support vector classifier that has not seen data. */
export interface LinearSvc extends Classifier<LinearSvcParams> {
  with(params: Readonly<Record<string, unknown>>): LinearSvc;
  fit(X: Features, y: LabelsLike, options?: FitOptions): FittedLinearSvc;
}

/**
 * Linear support vector classification, each class against the rest: the weights that minimize
 * |w|^2 / 2 + C sum_i max(0, 1 - y_i (x_i'w + b))^2, y_i = 1 in the class and -1 outside.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 */
export const linearSvc: EstimatorMaker<LinearSvc, LinearSvcParams> = Object.assign(
  (params: Partial<LinearSvcParams> = {}): LinearSvc => linearSvcOn(defaultModels, linearSvcParams(params)),
  { space: linearSvcSpace },
);

const defaults: LinearSvcParams = {
  C: 1,
  fitIntercept: true,
  interceptScaling: 1,
  tol: 1e-10,
  maxIterations: 1000,
  classWeight: null,
};

/** `base` with `changes`, checked and frozen. */
export function linearSvcParams(
  changes: Readonly<Record<string, unknown>>,
  base: LinearSvcParams = defaults,
): Readonly<LinearSvcParams> {
  const params = mergeParams("linearSvc", changes, base);
  const positive = (name: "C" | "interceptScaling" | "tol"): number =>
    expectNumber(name, params[name], "a finite number > 0", (value) => value > 0);
  return Object.freeze({
    C: positive("C"),
    fitIntercept: expectOneOf("fitIntercept", params.fitIntercept, [true, false]),
    interceptScaling: positive("interceptScaling"),
    tol: positive("tol"),
    maxIterations: expectInteger("maxIterations", params.maxIterations, 1, 2_147_483_646),
    classWeight: checkClassWeight(params.classWeight),
  });
}

/** The same on the core that `core` returns, asked for at each fit. */
export function linearSvcOn(core: () => ModelsCore, params: Readonly<LinearSvcParams>): LinearSvc {
  return Object.freeze({
    name: "linearSvc",
    task: "classification",
    params,
    space: linearSvcSpace,
    with: (changes: Readonly<Record<string, unknown>>) => linearSvcOn(core, linearSvcParams(changes, params)),
    fit: (X: Features, y: LabelsLike, options?: FitOptions) =>
      fitLinearSvc(core(), params, weightedClasses(X, y, options)),
  });
}

/** C from 1e-4 to 1e2 by its logarithm. */
function linearSvcSpace(): Space {
  return { C: float(1e-4, 1e2, { log: true }) };
}
