import { expectInteger, expectNumber, expectOneOf, show, VernierError } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import { choice, float, int, type Space } from "../../core/space.ts";
import { type SvmKernel, type SvmKernelKind, type SvmSettings, svmKernels } from "../../wasm/svm.ts";
import { gammaOf } from "./svm-gamma.ts";

/** Settings that all support vector machines have; names and defaults are those of scikit-learn and LIBSVM. */
export type SvmParams = {
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
  /** Steps per problem (pair of classes), >= 1, or -1: ten million, or 100 a row if that is more, as LIBSVM. */
  readonly maxIterations: number;
  /** Whether variables that will stay at their bounds are left aside for a while. Changes results only within `tol`. */
  readonly shrinking: boolean;
};

export const svmDefaults: SvmParams = {
  C: 1,
  kernel: "rbf",
  gamma: "scale",
  degree: 3,
  coef0: 0,
  tol: 1e-3,
  cacheSize: 200,
  maxIterations: -1,
  shrinking: true,
};

const MEGABYTE = 1024 * 1024;
const I32_MAX = 2_147_483_647;

/** The settings, checked; throws `invalid-argument` for a value not allowed. */
export function checkSvmParams(params: Readonly<Record<keyof SvmParams, unknown>>): SvmParams {
  return {
    C: expectNumber("C", params.C, "a finite number > 0", (value) => value > 0),
    kernel: expectOneOf("kernel", params.kernel, svmKernels),
    gamma: checkGamma(params.gamma),
    degree: expectInteger("degree", params.degree, 0, 1000),
    coef0: expectNumber("coef0", params.coef0),
    tol: expectNumber("tol", params.tol, "a finite number > 0", (value) => value > 0),
    cacheSize: expectNumber("cacheSize", params.cacheSize, "a number of megabytes > 0", (value) => value > 0),
    maxIterations: checkMaxIterations(params.maxIterations),
    shrinking: expectOneOf("shrinking", params.shrinking, [true, false]),
  };
}

/** The kernel with the gamma that the training data give. */
export function kernelOf(params: SvmParams, X: Matrix, weights: Float64Array | null): SvmKernel {
  const { kernel: kind, coef0, degree } = params;
  return { kind, gamma: gammaOf(params.gamma, X, weights), coef0, degree };
}

/** What the solver takes beside the problem, which has so many variables. */
export function solverSettings(
  { tol, cacheSize, maxIterations, shrinking }: SvmParams,
  variables: number,
): SvmSettings {
  const limit = maxIterations === -1 ? Math.max(10_000_000, 100 * variables) : maxIterations;
  return {
    tolerance: tol,
    cacheBytes: Math.min(Math.floor(cacheSize * MEGABYTE), I32_MAX),
    maxIterations: Math.min(limit, I32_MAX),
    shrinking,
  };
}

/**
 * C from 1e-3 to 1e3 and, for "rbf" and "sigmoid", gamma from 1e-4 to 10, both by their logarithm. With "poly" gamma stays
 * as it is: it would only rescale C, and a large one with a high degree makes problems that take minutes to solve.
 */
export function svmSpace(): Space {
  const gamma = float(1e-4, 10, { log: true });
  return {
    C: float(1e-3, 1e3, { log: true }),
    kernel: choice({ linear: {}, rbf: { gamma }, poly: { degree: int(2, 5), coef0: float(0, 1) }, sigmoid: { gamma } }),
  };
}

function checkGamma(gamma: unknown): SvmParams["gamma"] {
  if (gamma === "scale" || gamma === "auto") return gamma;
  return expectNumber("gamma", gamma, 'a finite number >= 0, "scale" or "auto"', (value) => value >= 0);
}

function checkMaxIterations(limit: unknown): number {
  if (limit === -1) return limit;
  if (typeof limit === "number" && Number.isSafeInteger(limit) && limit >= 1) return limit;
  throw new VernierError(
    "invalid-argument",
    `"maxIterations": expected a whole number >= 1, or -1 for LIBSVM's limit, got ${show(limit)}`,
  );
}
