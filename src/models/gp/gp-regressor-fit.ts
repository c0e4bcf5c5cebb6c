import { show, VernierError } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { gprCondition, gprLikelihood, type GprProcess, gprPredict } from "../../wasm/gpr.ts";
import type { FitOptions, FittedRegressor } from "../estimator.ts";
import { gpProcess, singular } from "./gp-hyperparameters.ts";
import type { GpRegressorParams } from "./gp-regressor-params.ts";
import { type ModelContents, packModel } from "../model-file.ts";
import { predictionData, type RegressionData } from "../training-data.ts";

/** A trained Gaussian process over d columns. */
export interface FittedGpRegressor extends FittedRegressor {
  readonly params: Readonly<GpRegressorParams>;
  /** [d], in the columns' units. */
  readonly lengthScales: readonly number[];
  /** Variance of the function, in the units of `params`. */
  readonly amplitude: number;
  /** Variance of the noise, in the units of `params`. */
  readonly noise: number;
  /** Log marginal likelihood of the training y, normalized where `params` says so. */
  readonly logMarginalLikelihood: number;
  /** Means at the rows of X [m, d]. */
  predict(X: Features): Float64Array;
  /**
   * Standard deviations [m] of observations at the rows of X [m, d], or, with `noise` false, of the function there;
   * in the units of y.
   */
  predictStd(X: Features, options?: { readonly noise?: boolean }): Float64Array;
  save(): ArrayBuffer;
}

interface GpRegressorState {
  readonly params: Readonly<GpRegressorParams>;
  readonly process: GprProcess;
  /** [n], normalized. */
  readonly y: Float64Array;
  /** What 0 and 1 in y stand for. */
  readonly center: number;
  readonly unit: number;
  readonly logMarginalLikelihood: number;
}

/** Above it the covariances and what is made of them no longer fit the memory. */
const MAX_ROWS = 8192;

/** Trains on checked data; throws `invalid-data` for more than 8192 rows, `unsupported` for weights. */
export function fitGpRegressor(
  core: ModelsCore,
  params: Readonly<GpRegressorParams>,
  data: RegressionData,
  { sampleWeight }: FitOptions,
): FittedGpRegressor {
  if (sampleWeight !== undefined) {
    const message = `"sampleWeight": expected none for a Gaussian process, got ${show(sampleWeight)}`;
    throw new VernierError("unsupported", message);
  }
  const X = { ...data.X, data: data.X.data.slice() };
  if (X.rows > MAX_ROWS) {
    throw new VernierError("invalid-data", `"X": expected at most ${MAX_ROWS} rows, got ${X.rows}`);
  }
  const { center, unit } = params.normalizeY ? momentsOf(data.y) : { center: 0, unit: 1 };
  const y = data.y.map((value) => (value - center) / unit);
  const process = gpProcess(core, params, X, y);
  const logMarginalLikelihood = gprLikelihood(core, process, y).value;
  return fittedGpRegressor(core, { params, process, y, center, unit, logMarginalLikelihood });
}

/** Reads what `save()` of a trained Gaussian process wrote. */
export function loadGpRegressor(core: ModelsCore, { settings, arrays }: ModelContents): FittedGpRegressor {
  const { rows, cols, kernel, amplitude, noise, ...rest } = settings as unknown as Omit<
    GpRegressorState,
    "process" | "y"
  > &
    Omit<GprProcess, "X" | "lengthScales"> &
    Omit<Matrix, "data">;
  const numbers = arrays as Readonly<Record<"X" | "y" | "lengthScales", Float64Array>>;
  const X = { data: numbers.X, rows, cols };
  const process = { kernel, amplitude, noise, X, lengthScales: numbers.lengthScales };
  return fittedGpRegressor(core, { ...rest, process, y: numbers.y });
}

function fittedGpRegressor(core: ModelsCore, state: GpRegressorState): FittedGpRegressor {
  const { params, process, y, center, unit, logMarginalLikelihood } = state;
  const { X, lengthScales, amplitude, noise } = process;
  const posterior = gprCondition(core, process, y);
  if (posterior === null) throw singular();
  const predicted = (rows: Features, withVariance: boolean): ReturnType<typeof gprPredict> =>
    gprPredict(core, process, posterior, predictionData(rows, X.cols), withVariance);
  return Object.freeze({
    params,
    features: X.cols,
    lengthScales: Array.from(lengthScales),
    amplitude,
    noise,
    logMarginalLikelihood,
    predict: (rows: Features) => predicted(rows, false).mean.map((mean) => center + unit * mean),
    predictStd: (rows: Features, options: { readonly noise?: boolean } = {}) => {
      const more = options.noise === false ? 0 : noise;
      return predicted(rows, true).variance.map((variance) => unit * Math.sqrt(variance + more));
    },
    save: () => packGpRegressor(state),
  });
}

function packGpRegressor({ params, process, y, center, unit, logMarginalLikelihood }: GpRegressorState): ArrayBuffer {
  const { kernel, amplitude, noise, X, lengthScales } = process;
  const scalars = { kernel, amplitude, noise, center, unit, logMarginalLikelihood };
  return packModel({
    name: "gpRegressor",
    settings: { params: { ...params }, ...scalars, rows: X.rows, cols: X.cols },
    arrays: { X: X.data, y, lengthScales: Float64Array.from(lengthScales) },
  });
}

/** Mean and population standard deviation, 1 where all are equal. */
function momentsOf(y: Float64Array): { readonly center: number; readonly unit: number } {
  const center = y.reduce((sum, value) => sum + value, 0) / y.length;
  const squares = y.reduce((sum, value) => sum + (value - center) * (value - center), 0);
  if (Number.isFinite(squares)) return { center, unit: Math.sqrt(squares / y.length) || 1 };
  const message = '"y": expected values whose variance stays within double precision, got an overflow';
  throw new VernierError("numerical-failure", message);
}
