import { expectInteger, expectNumber, expectOneOf, show, VernierError } from "../core/errors.ts";
import { type SvmKernelKind, svmKernels } from "../wasm/svm.ts";
import { checkClassWeight, type ClassWeight } from "./class-weight.ts";
import { mergeParams } from "./merge-params.ts";

/** Settings of a support vector classifier; names and defaults are those of scikit-learn's SVC and LIBSVM. */
export type SvcParams = {
  /** Penalty of a training error, > 0: times a sample's weight the upper bound of its dual variables. */
  readonly C: number;
  /**
   * "linear": x'z; "rbf": exp(-gamma |x - z|^2); "poly": (gamma x'z + coef0)^degree;
   * "sigmoid": tanh(gamma x'z + coef0).
   */
  readonly kernel: SvmKernelKind;
  /** A number >= 0, "scale": 1 / (d var(X)) over all entries of the training X, or "auto": 1 / d. */
  readonly gamma: number | "scale" | "auto";
  /** Whole number >= 0. */
  readonly degree: number;
  readonly coef0: number;
  /** Largest violation of the optimality conditions that is accepted, > 0. */
  readonly tol: number;
  /** Memory for kernel values, in MB, > 0. Changes speed, and results only within `tol`. */
  readonly cacheSize: number;
  /** Steps per pair of classes, >= 1, or -1 for no limit. */
  readonly maxIterations: number;
  /** Whether variables that will stay at their bounds are left aside for a while. Changes results only within `tol`. */
  readonly shrinking: boolean;
  /** "balanced": every class counts alike. */
  readonly classWeight: ClassWeight;
};

const defaults: SvcParams = {
  C: 1,
  kernel: "rbf",
  gamma: "scale",
  degree: 3,
  coef0: 0,
  tol: 1e-3,
  cacheSize: 200,
  maxIterations: -1,
  shrinking: true,
  classWeight: null,
};

/** `base` with `changes`, checked and frozen; throws `invalid-argument` for an unknown name or a value not allowed. */
export function svcParams(changes: Readonly<Record<string, unknown>>, base: SvcParams = defaults): Readonly<SvcParams> {
  const params = mergeParams("svc", changes, base);
  return Object.freeze({
    C: expectNumber("C", params.C, "a finite number > 0", (value) => value > 0),
    kernel: expectOneOf("kernel", params.kernel, svmKernels),
    gamma: checkGamma(params.gamma),
    degree: expectInteger("degree", params.degree, 0, 1000),
    coef0: expectNumber("coef0", params.coef0),
    tol: expectNumber("tol", params.tol, "a finite number > 0", (value) => value > 0),
    cacheSize: expectNumber("cacheSize", params.cacheSize, "a number of megabytes > 0", (value) => value > 0),
    maxIterations: checkMaxIterations(params.maxIterations),
    shrinking: expectOneOf("shrinking", params.shrinking, [true, false]),
    classWeight: checkClassWeight(params.classWeight),
  });
}

function checkGamma(gamma: unknown): SvcParams["gamma"] {
  if (gamma === "scale" || gamma === "auto") return gamma;
  return expectNumber("gamma", gamma, 'a finite number >= 0, "scale" or "auto"', (value) => value >= 0);
}

function checkMaxIterations(limit: unknown): number {
  if (limit === -1) return limit;
  if (typeof limit === "number" && Number.isSafeInteger(limit) && limit >= 1) return limit;
  throw new VernierError(
    "invalid-argument",
    `"maxIterations": expected a whole number >= 1, or -1 for no limit, got ${show(limit)}`,
  );
}
