import type { Box } from "../core/non-dominated-boxes.ts";
import type { Arena, SurrogateCore } from "./core.ts";
import { type GpModel, type GpMoments, type GpPredictions, placeModel } from "./gp.ts";
import { placeFront } from "./gp-front.ts";

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
  core: SurrogateCore,
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
  core: SurrogateCore,
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

function placeScoring(
  core: SurrogateCore,
  arena: Arena,
  models: readonly GpModel[],
  scoring: GpScoring,
): number | null {
  const { exports } = core;
  const addresses: number[] = [];
  const own: GpPredictions[] = [];
  const underWay: GpMoments[] = [];
  for (const model of models) {
    const { count } = model;
    const pending = scoring.pending.length / model.parameters.length;
    const m = placeModel(core, arena, model, pending);
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
