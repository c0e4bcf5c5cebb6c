import { type Matrix, takeRows } from "../../core/matrix.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { svmDecide, svmDecideLinear, type SvmKernel, type SvmMachine, svmRegress, svmWeights } from "../../wasm/svm.ts";
import type { FittedRegressor } from "../estimator.ts";
import { type ModelContents, packModel } from "../model-file.ts";
import { rememberedProducts } from "./product-memo.ts";
import { kernelOf, solverSettings } from "./svm-params.ts";
import type { SvrParams } from "./svr.ts";
import { predictionData, type RegressionData } from "../training-data.ts";
import type { RowWeights } from "../weighted-rows.ts";

/** A trained support vector regressor. */
export interface FittedSvr extends FittedRegressor {
  readonly params: Readonly<SvrParams>;
  /** The number that `params.gamma` came to on the training data. */
  readonly gamma: number;
  /** Rows of the training X that are support vectors, increasing. */
  readonly support: Int32Array;
  /** The support vectors [s, d], in the order of `support`. */
  readonly supportVectors: Matrix;
  /** Their coefficients [s], each from -C to C. */
  readonly dualCoef: Float64Array;
  readonly intercept: number;
  /** Weights of the features [d] for the linear kernel; else null. */
  readonly coef: Float64Array | null;
  /** Whether `tol` is met; false when `maxIterations` or double precision ended the fit. */
  readonly converged: boolean;
  readonly iterations: number;
  save(): ArrayBuffer;
}

interface SvrState {
  readonly params: Readonly<SvrParams>;
  readonly kernel: SvmKernel;
  readonly intercept: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** Columns of the training data, kept also where there is no support vector. */
  readonly features: number;
}

interface SvrArrays {
  readonly support: Int32Array;
  readonly vectors: Float64Array;
  readonly coef: Float64Array;
}

/** Trains on checked data. */
export function fitSvr(core: ModelsCore, params: Readonly<SvrParams>, data: RegressionData & RowWeights): FittedSvr {
  const { X, y, weights, kept } = data;
  const kernel = kernelOf(params, X, weights);
  const settings = solverSettings(params, 2 * X.rows);
  const C = new Float64Array(X.rows).fill(params.C);
  weights?.forEach((weight, i) => {
    C[i] = params.C * weight;
  });
  // Products help only where the whole kernel matrix fits the cache, as in the kernel.
  const products = 3 * X.rows * X.rows * 8 <= settings.cacheBytes ? rememberedProducts(core, X, null, X) : null;
  const problem = { X, y, C, epsilon: params.epsilon, products };
  const { beta, intercept, iterations, converged } = svmRegress(core, problem, kernel, settings);
  const rows = [...beta.keys()].filter((row) => beta[row] !== 0);
  const support = Int32Array.from(rows, (row) => (kept === null ? row : (kept[row] as number)));
  const state = { params, kernel, intercept, converged, iterations, features: X.cols };
  const coef = Float64Array.from(rows, (row) => beta[row] as number);
  return fittedSvr(core, state, { support, vectors: takeRows(X, rows).data, coef });
}

/** Reads what `save()` of a trained regressor wrote. */
export function loadSvr(core: ModelsCore, { settings, arrays }: ModelContents): FittedSvr {
  return fittedSvr(core, settings as unknown as SvrState, arrays as unknown as SvrArrays);
}

function fittedSvr(core: ModelsCore, state: SvrState, arrays: SvrArrays): FittedSvr {
  const { kernel, features, ...rest } = state;
  const { support, coef } = arrays;
  const vectors = { data: arrays.vectors, rows: support.length, cols: features };
  const intercepts = Float64Array.of(state.intercept);
  // One pair of classes, of which the second has no vectors.
  const machine: SvmMachine = {
    kernel,
    vectors,
    starts: Int32Array.of(0, support.length, support.length),
    coef,
    intercepts,
  };
  const weights = kernel.kind === "linear" ? svmWeights(core, machine) : null;
  return Object.freeze({
    ...rest,
    features,
    gamma: kernel.gamma,
    support: support.slice(),
    supportVectors: { ...vectors, data: vectors.data.slice() },
    dualCoef: coef.slice(),
    coef: weights === null ? null : weights.slice(),
    save: () =>
      packModel({
        name: "svr",
        settings: { ...rest, kernel: { ...kernel }, features },
        arrays: { ...arrays },
      }),
    predict: (X: Features) => {
      const matrix = predictionData(X, features);
      return weights === null ? svmDecide(core, machine, matrix) : svmDecideLinear(core, weights, intercepts, matrix);
    },
  });
}
