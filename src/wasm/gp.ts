import type { Arena, SurrogateCore } from "./core.ts";

/** A parameter of a Gaussian process's inputs, in unit coordinates. */
export interface GpParameter {
  /** real: a number in [0, 1]; grid: one of `levels`; category: an index below `count`. */
  readonly type: "real" | "grid" | "category";
  /** How many values a grid or category has; 0 for a real one. */
  readonly count: number;
  /** A grid's values [count], ascending in [0, 1]; empty for others. */
  readonly levels: ArrayLike<number>;
  /** The position of the category that this parameter depends on, before its own; -1: always active. */
  readonly parent: number;
  /** The parent's index with which it is active. */
  readonly parentValue: number;
}

/**
 * matern52: Matern-5/2 of one distance over all parameters; rbf: the squared exponential of it; anova: a sum of products
 * of Matern-5/2 kernels of each parameter (assembly/gp/covariance.ts).
 */
export type GpKernel = "matern52" | "rbf" | "anova";

/** The outputs' shift with which they are not warped; in whose place low and high are the same. */
export const UNWARPED = 710;

/** Where the outputs were observed. */
export interface GpPoints {
  readonly kernel: GpKernel;
  /** Whether numbers that are always active are warped (assembly/gp/kumaraswamy.ts); default false. */
  readonly bent?: boolean;
  readonly parameters: readonly GpParameter[];
  /** n. */
  readonly count: number;
  /** [n, d] in unit coordinates; NaN where a parameter is not active. */
  readonly points: Float64Array;
}

/**
 * Bounds, priors and starts of the hyperparameters: logarithms of the d lengthscales, the amplitude, the weight of
 * interactions, the noise variance and the outputs' shift; each array [d + 4]. Where inputs are warped its shapes a [d]
 * and b [d] follow: [3 d + 4]. See assembly/gp/fit.ts.
 */
export interface GpFitSettings {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly mean: ArrayLike<number>;
  readonly deviation: ArrayLike<number>;
  readonly starts: readonly ArrayLike<number>[];
  /** Of the likelihood, from each start. */
  readonly maxEvaluations: number;
}

/** Observed outputs and the hyperparameters to explain them with. */
export interface GpModel extends GpPoints {
  /** [n]: with a finite shift at least 0. */
  readonly outputs: ArrayLike<number>;
  readonly theta: ArrayLike<number>;
}

const kernels: Readonly<Record<GpKernel, number>> = { matern52: 0, rbf: 1, anova: 2 };
const types = { real: 0, grid: 1, category: 2 } as const;

/** The hyperparameters that maximize the posterior, and its negative logarithm up to a constant. */
export function gpFit(
  core: SurrogateCore,
  points: GpPoints,
  outputs: ArrayLike<number>,
  settings: GpFitSettings,
): { readonly theta: Float64Array; readonly value: number } {
  return core.scope((arena) => {
    const m = placeModel(core, arena, points, 0);
    const { low, high, mean, deviation, starts } = settings;
    const length = low.length;
    const theta = arena.f64Alloc(length);
    const value = core.exports.gpFit(
      m,
      arena.f64(outputs),
      starts.length,
      arena.f64(starts.flatMap((start) => Array.from(start))),
      arena.f64(low),
      arena.f64(high),
      arena.f64(mean),
      arena.f64(deviation),
      settings.maxEvaluations,
      theta,
    );
    return { theta: arena.readF64(theta, length), value };
  });
}

/**
 * The log marginal likelihood of the standardised outputs and its gradient by the hyperparameters, 0 by the shift; NaN
 * where the covariances are singular.
 */
export function gpLikelihood(
  core: SurrogateCore,
  model: GpModel,
): { readonly value: number; readonly gradient: Float64Array; readonly outputs: Float64Array } {
  return core.scope((arena) => {
    const m = placeModel(core, arena, model, 0);
    const y = arena.f64(model.outputs);
    const gradient = arena.f64Alloc(model.theta.length);
    const noise = core.exports.gpObserve(m, arena.f64(model.theta), y);
    const value = Number.isNaN(noise) ? Number.NaN : core.exports.gpLikelihood(m, y, gradient);
    return {
      value,
      gradient: arena.readF64(gradient, model.theta.length),
      outputs: arena.readF64(y, model.count),
    };
  });
}

/** GpMoments and variances of the standardised function, without noise. */
export interface GpMoments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Predictions of the standardised function, without noise. */
export interface GpPredictions extends GpMoments {
  /** [n]: the observed outputs in the same, warped and standardised, units. */
  readonly outputs: Float64Array;
}

/** Predictions at the points `at` [count, d]. */
export function gpPredict(core: SurrogateCore, model: GpModel, at: Float64Array): GpPredictions {
  const count = at.length / model.parameters.length;
  return core.scope((arena) => {
    const m = placeModel(core, arena, model, 0);
    const y = arena.f64(model.outputs);
    core.exports.gpObserve(m, arena.f64(model.theta), y);
    const mean = arena.f64Alloc(count);
    const variance = arena.f64Alloc(count);
    core.exports.gpPredictions(m, count, arena.f64(at), mean, variance);
    return {
      mean: arena.readF64(mean, count),
      variance: arena.readF64(variance, count),
      outputs: arena.readF64(y, model.count),
    };
  });
}

/**
 * Draws [count, n] from the joint posterior of the standardised function, without noise, at the model's own points, made
 * of independent standard normal numbers [count, n]; and the noise variance in the same units, NaN where the model failed.
 */
export function gpPosteriorDraws(
  core: SurrogateCore,
  model: GpModel,
  normals: Float64Array,
): { readonly draws: Float64Array; readonly noise: number } {
  return core.scope((arena) => {
    const m = placeModel(core, arena, model, 0);
    const y = arena.f64(model.outputs);
    const noise = core.exports.gpObserve(m, arena.f64(model.theta), y);
    const draws = arena.f64Alloc(normals.length);
    const count = normals.length / model.count;
    if (!Number.isNaN(noise)) core.exports.gpPosteriorDraws(m, y, count, arena.f64(normals), draws);
    return { draws: arena.readF64(draws, normals.length), noise };
  });
}

/** The address of a model of the points, not conditioned yet, with room for more of them. */
export function placeModel(
  core: SurrogateCore,
  arena: Arena,
  { kernel, bent = false, parameters, count, points }: GpPoints,
  room: number,
): number {
  let levels = 0;
  const table = parameters.flatMap((parameter) => {
    const row = [types[parameter.type], parameter.count, parameter.parent, parameter.parentValue, levels];
    levels += parameter.levels.length;
    return row;
  });
  const d = parameters.length;
  return (
    core.exports.gpCreate(count + room, count, d, kernels[kernel], bent, arena.f64(table), arena.f64(points)) >>> 0
  );
}
