import type { Box } from "../core/non-dominated-boxes.ts";
import type { Arena, Core } from "./core.ts";
import { placeFront } from "./gp-front.ts";

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
  core: Core,
  points: GpPoints,
  outputs: ArrayLike<number>,
  settings: GpFitSettings,
): { readonly theta: Float64Array; readonly value: number } {
  return core.scope((arena) => {
    const m = place(core, arena, points, 0);
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
  core: Core,
  model: GpModel,
): { readonly value: number; readonly gradient: Float64Array; readonly outputs: Float64Array } {
  return core.scope((arena) => {
    const m = place(core, arena, model, 0);
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
export function gpPredict(core: Core, model: GpModel, at: Float64Array): GpPredictions {
  const count = at.length / model.parameters.length;
  return core.scope((arena) => {
    const m = place(core, arena, model, 0);
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
  core: Core,
  model: GpModel,
  normals: Float64Array,
): { readonly draws: Float64Array; readonly noise: number } {
  return core.scope((arena) => {
    const m = place(core, arena, model, 0);
    const y = arena.f64(model.outputs);
    const noise = core.exports.gpObserve(m, arena.f64(model.theta), y);
    const draws = arena.f64Alloc(normals.length);
    const count = normals.length / model.count;
    if (!Number.isNaN(noise)) core.exports.gpPosteriorDraws(m, y, count, arena.f64(normals), draws);
    return { draws: arena.readF64(draws, normals.length), noise };
  });
}

/** What is maximized; see assembly/gp/acquisition.ts. */
export type GpAcquisition = "logEI" | "logPI" | "lowerBound" | "feasibility" | "logEHVI" | "logNEI" | "ensemble";
const acquisitions: Readonly<Record<GpAcquisition, number>> = {
  logEI: 0,
  logPI: 1,
  lowerBound: 2,
  feasibility: 3,
  logEHVI: 4,
  logNEI: 5,
  ensemble: 6,
};

/** An acquisition function of models: of the objective or the objectives, and then of the constraints. */
export interface GpScoring {
  readonly acquisition: GpAcquisition;
  /**
   * The settings of the acquisition function [models], given the models' predictions at their own observed points: the
   * value to improve on (of the lower bound the width in standard deviations; else anything), then in the constraints'
   * places their thresholds; of the ensemble the three weights at the end.
   */
  readonly settings: (own: readonly GpPredictions[]) => ArrayLike<number>;
  /** How many models, the first ones, are of objectives; default 1. */
  readonly objectives?: number;
  /**
   * Of "logEHVI": disjoint boxes that no incumbent dominates, in the objectives' standardised units, given the models'
   * predictions at their own observed points and at the points under way.
   */
  readonly boxes?: (own: readonly GpMoments[], underWay: readonly GpMoments[]) => readonly Box[];
  /** Points under way [q, d]. */
  readonly pending: Float64Array;
}

/** Where to look for the best point. */
export interface GpSearch extends GpScoring {
  /** [count, d]. */
  readonly candidates: Float64Array;
  /** How many of the candidates are improved by local search. */
  readonly starts: number;
  /** Evaluations of each local search over the real parameters. */
  readonly maxEvaluations: number;
  /** [2, d]: bounds of the real parameters. */
  readonly box: Float64Array;
  /** Points [t, d] that are passed over; absent: none. */
  readonly taken?: Float64Array;
}

/**
 * The point [d] that maximizes the acquisition function of the models, and its value: -Infinity where all that were
 * seen are taken; null where a model failed.
 */
export function gpSearch(
  core: Core,
  models: readonly GpModel[],
  search: GpSearch,
): { readonly point: Float64Array; readonly score: number } | null {
  const { parameters } = models[0] as GpModel;
  const d = parameters.length;
  return core.scope((arena) => {
    const s = placeScoring(core, arena, models, search);
    if (s === null) return null;
    const isParent = parameters.map((_, j) => (parameters.some(({ parent }) => parent === j) ? 1 : 0));
    if (search.taken !== undefined) core.exports.gpTaken(s, search.taken.length / d, arena.f64(search.taken));
    const best = arena.f64Alloc(d);
    const score = core.exports.gpBest(
      s,
      search.candidates.length / d,
      arena.f64(search.candidates),
      search.starts,
      arena.f64(parameters.flatMap((parameter) => Array.from(parameter.levels))),
      arena.i32(isParent),
      arena.f64(search.box),
      search.maxEvaluations,
      best,
    );
    return { point: arena.readF64(best, d), score };
  });
}

/**
 * The acquisition function's values [count] at points `at` [count, d], and its derivatives [count, d] by numbers; those
 * by choices are 0. Null where a model failed.
 */
export function gpScores(
  core: Core,
  models: readonly GpModel[],
  scoring: GpScoring,
  at: Float64Array,
): { readonly scores: Float64Array; readonly gradients: Float64Array } | null {
  const d = (models[0] as GpModel).parameters.length;
  const count = at.length / d;
  return core.scope((arena) => {
    const s = placeScoring(core, arena, models, scoring);
    if (s === null) return null;
    const points = arena.f64(at);
    const scores = arena.f64Alloc(count);
    const gradients = arena.f64Alloc(count * d);
    core.exports.gpScores(s, count, points, scores);
    for (let i = 0; i < count; i++) core.exports.gpScoreGradient(s, points + 8 * i * d, gradients + 8 * i * d);
    return { scores: arena.readF64(scores, count), gradients: arena.readF64(gradients, count * d) };
  });
}

function placeScoring(core: Core, arena: Arena, models: readonly GpModel[], scoring: GpScoring): number | null {
  const { exports } = core;
  const addresses: number[] = [];
  const own: GpPredictions[] = [];
  const underWay: GpMoments[] = [];
  for (const model of models) {
    const { count } = model;
    const pending = scoring.pending.length / model.parameters.length;
    const m = place(core, arena, model, pending);
    const y = arena.f64(model.outputs);
    if (Number.isNaN(exports.gpObserve(m, arena.f64(model.theta), y))) return null;
    const predictionsAt = (at: Float64Array, length: number): GpMoments => {
      const mean = arena.f64Alloc(length);
      const variance = arena.f64Alloc(length);
      exports.gpPredictions(m, length, arena.f64(at), mean, variance);
      return { mean: arena.readF64(mean, length), variance: arena.readF64(variance, length) };
    };
    own.push({ ...predictionsAt(model.points, count), outputs: arena.readF64(y, count) });
    if (scoring.boxes !== undefined) underWay.push(predictionsAt(scoring.pending, pending));
    exports.gpPending(m, pending, arena.f64(scoring.pending));
    addresses.push(m);
  }
  const { acquisition, objectives = 1 } = scoring;
  const settings = arena.f64(scoring.settings(own));
  const front = scoring.boxes === undefined ? 0 : placeFront(core, arena, scoring.boxes(own, underWay), objectives);
  const list = arena.i32(addresses);
  return exports.gpSearch(acquisitions[acquisition], models.length, list, settings, objectives, front) >>> 0;
}

function place(
  core: Core,
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
