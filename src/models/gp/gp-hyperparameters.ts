import { VernierError } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { type GprProcess, gprLikelihood } from "../../wasm/gpr.ts";
import { minimize } from "../../wasm/lbfgsb.ts";
import { exp, expArray, log } from "../../wasm/math.ts";
import { uniforms } from "../../wasm/random.ts";
import { classMoments } from "../bayes/class-moments.ts";
import type { GpRegressorParams } from "./gp-regressor-params.ts";

// The hyperparameters of Gaussian process regression, found by L-BFGS-B over their logarithms: the length scales (one, or
// one a column), the amplitude and the noise.
// Priors of "map" are log-normal: for a length scale the one of Hvarfner et al., "Vanilla Bayesian optimization performs
// great in high dimensions" (ICML 2024), whose median is exp(sqrt 2) sqrt d ranges of the column; a range is taken for
// sqrt 12 standard deviations, as of uniform numbers. Amplitude and noise are in units of the variance of y.

/** Likelihoods from each start. */
const MAX_EVALUATIONS = 100;

const SQRT_12 = Math.sqrt(12);
/** exp(sqrt 2). */
const MEDIAN_RANGES = 4.113250378782928;

interface Prior {
  readonly median: number;
  /** Standard deviation of the logarithm. */
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
}

/** The process of X [n, d] and y [n] with the hyperparameters that `params` asks for. */
export function gpProcess(
  core: ModelsCore,
  params: Readonly<GpRegressorParams>,
  X: Matrix,
  y: Float64Array,
): GprProcess {
  const { kernel, ard, optimizer, lengthScale, amplitude, noise } = params;
  const units = columnUnits(X, ard);
  const root = Math.sqrt(X.cols);
  const given = units.map((unit) => (lengthScale === "scale" ? unit * root : lengthScale));
  const processOf = (theta: Float64Array): GprProcess => {
    const lengths = theta.length - 2;
    return {
      kernel,
      X,
      lengthScales: Float64Array.from({ length: X.cols }, (_, j) => theta[ard ? j : 0] as number),
      amplitude: theta[lengths] as number,
      noise: theta[lengths + 1] as number,
    };
  };
  const first = Float64Array.of(...given, amplitude, noise);
  if (optimizer === "none") return processOf(first);
  const squares = y.reduce((sum, value) => sum + value * value, 0) / y.length || 1;
  const priors: Prior[] = [
    ...Array.from(units, (unit) => {
      const median = MEDIAN_RANGES * SQRT_12 * root * unit;
      return { median, deviation: Math.sqrt(3), low: 0.01 * unit, high: 1e4 * root * unit };
    }),
    { median: squares, deviation: 1, low: 1e-3 * squares, high: 1e3 * squares },
    { median: 0.0183 * squares, deviation: 2, low: 1e-8 * squares, high: 10 * squares },
  ];
  return processOf(mostProbable(core, params, first, priors, processOf, y));
}

/** The standard deviation of every column, 1 where it is constant; without `ard` that of all entries. */
function columnUnits(X: Matrix, ard: boolean): Float64Array {
  const { variances } = classMoments(X, new Int32Array(X.rows), 1, null);
  const pooled = ard ? variances : Float64Array.of(variances.reduce((sum, one) => sum + one, 0) / X.cols);
  if (pooled.every(Number.isFinite)) return pooled.map((variance) => Math.sqrt(variance) || 1);
  const message = '"X": expected features whose variances stay within double precision, got an overflow';
  throw new VernierError("numerical-failure", message);
}

function mostProbable(
  core: ModelsCore,
  { optimizer, nRestarts, seed }: Readonly<GpRegressorParams>,
  first: Float64Array,
  priors: readonly Prior[],
  processOf: (theta: Float64Array) => GprProcess,
  y: Float64Array,
): Float64Array {
  const logs = (value: (prior: Prior) => number): number[] => priors.map((prior) => log(core, value(prior)));
  const bounds = { low: logs(({ low }) => low), high: logs(({ high }) => high) };
  const medians = logs(({ median }) => median);
  const evaluate = (theta: Float64Array): { readonly value: number; readonly gradient: Float64Array } => {
    const { value, gradient } = gprLikelihood(core, processOf(expArray(core, theta)), y);
    const slopes = new Float64Array(theta.length);
    // All columns with one length scale: its slope is the sum of theirs.
    const shared = gradient.length - theta.length;
    gradient.forEach((slope, at) => {
      const to = Math.max(0, at - shared);
      slopes[to] = (slopes[to] as number) - slope;
    });
    let loss = -value;
    if (optimizer === "ml") return { value: loss, gradient: slopes };
    priors.forEach(({ deviation }, at) => {
      const off = ((theta[at] as number) - (medians[at] as number)) / deviation;
      loss += 0.5 * off * off;
      slopes[at] = (slopes[at] as number) + off / deviation;
    });
    return { value: loss, gradient: slopes };
  };
  const start = Float64Array.from(first, (value) => log(core, value));
  const ten = log(core, 10);
  let best: { readonly x: Float64Array; readonly value: number } | null = null;
  for (let restart = 0; restart <= nRestarts; restart++) {
    // The drawn starts are up to ten times as large or small as the given one.
    const draws = restart === 0 ? null : uniforms(core, { seed, trial: restart, purpose: "gpRegressor" }, start.length);
    const from = draws === null ? start : start.map((value, at) => value + (2 * (draws[at] as number) - 1) * ten);
    const found = minimize(core, evaluate, from, bounds, { maxEvaluations: MAX_EVALUATIONS });
    if (Number.isFinite(found.value) && (best === null || found.value < best.value)) best = found;
  }
  if (best !== null) return best.x.map((value) => exp(core, value));
  throw singular();
}

/** The refusal where no hyperparameters serve. */
export function singular(): VernierError {
  const message = '"X", "y": expected covariances that are positive definite, got singular ones; raise the noise';
  return new VernierError("numerical-failure", message);
}
