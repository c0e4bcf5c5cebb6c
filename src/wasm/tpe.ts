import { cardinality, type Distribution } from "../core/distribution.ts";
import type { Arena, Core, CoreWith } from "./core.ts";

/** What shapes a Parzen estimator besides its observations. */
export interface ParzenSettings {
  /** Weight of the prior beside the observations' weights, >= 0. */
  readonly priorWeight: number;
  /** Bandwidths at least 1 / min(100, n + 2) of the range. */
  readonly magicClip: boolean;
  /** The range's ends count as neighbors of the outermost observations. */
  readonly endpoints: boolean;
}

/** Trials that a Parzen estimator is made of. */
export interface Observations {
  /** How many, n. */
  readonly count: number;
  /** Internal values [d, n]: a row a parameter. */
  readonly values: Float64Array;
  /** [n], >= 0, in the trials' order. */
  readonly weights: ArrayLike<number>;
  /** [d, n]: a row a parameter, the trials in nearly ascending order of its value. Saves sorting, changes nothing. */
  readonly orders?: Int32Array;
}

/** A Parzen estimator's mixture: n kernels and last the prior. */
export interface Parzen {
  /** [n + 1], summing to 1. */
  readonly weights: Float64Array;
  /** [d, n + 1]: kernels' centers in the unit interval of each parameter's range; of a choice the index. */
  readonly mu: Float64Array;
  /** [d, n + 1]: bandwidths in the same unit; of a choice meaningless. */
  readonly sigma: Float64Array;
}

/** The good and the other trials, and the candidates to draw. */
export interface TpeProblem {
  readonly distributions: readonly Distribution[];
  readonly good: Observations;
  readonly other: Observations;
  readonly settings: ParzenSettings;
  /** [candidates, 1 + d] in [0, 1). */
  readonly uniforms: Float64Array;
}

/**
 * The best of the candidates drawn from the good trials' mixture l, by l / g, where g is the others' mixture:
 * internal values [d], all allowed. Every distribution has more than one value.
 */
export function tpeSuggest(core: Core, problem: TpeProblem): Float64Array {
  const { distributions, good, other, settings, uniforms } = problem;
  const d = distributions.length;
  return core.scope((arena) => {
    const best = arena.f64Alloc(d);
    core.exports.tpeSuggest(
      d,
      dimensionTable(arena, distributions),
      ...place(arena, good),
      good.orders ? arena.i32(good.orders) : 0,
      ...place(arena, other),
      other.orders ? arena.i32(other.orders) : 0,
      settings.priorWeight,
      flagsOf(settings),
      uniforms.length / (d + 1),
      arena.f64(uniforms),
      best,
    );
    return arena.readF64(best, d);
  });
}

/** The mixture that `tpeSuggest` makes of observations. */
export function tpeParzen(
  core: CoreWith<"tpeParzen">,
  distributions: readonly Distribution[],
  observations: Observations,
  settings: ParzenSettings,
): Parzen {
  const d = distributions.length;
  const m = observations.count + 1;
  return core.scope((arena) => {
    const weights = arena.f64Alloc(m);
    const mu = arena.f64Alloc(d * m);
    const sigma = arena.f64Alloc(d * m);
    const table = dimensionTable(arena, distributions);
    const { priorWeight } = settings;
    core.exports.tpeParzen(d, table, ...place(arena, observations), priorWeight, flagsOf(settings), weights, mu, sigma);
    return {
      weights: arena.readF64(weights, m),
      mu: arena.readF64(mu, d * m),
      sigma: arena.readF64(sigma, d * m),
    };
  });
}

/**
 * Log densities [count] of the values `at` [d, count] under the observations' mixture: with respect to the unit
 * interval of each continuous parameter's range (of logarithms with `log`), and masses for the others.
 */
export function tpeLogDensity(
  core: CoreWith<"tpeLogDensity">,
  distributions: readonly Distribution[],
  observations: Observations,
  settings: ParzenSettings,
  at: Float64Array,
): Float64Array {
  const d = distributions.length;
  const count = at.length / d;
  return core.scope((arena) => {
    const out = arena.f64Alloc(count);
    const table = dimensionTable(arena, distributions);
    const placed = place(arena, observations);
    const { priorWeight } = settings;
    core.exports.tpeLogDensity(d, table, ...placed, priorWeight, flagsOf(settings), count, arena.f64(at), out);
    return arena.readF64(out, count);
  });
}

/** Draws [d, count] from the observations' mixture, by uniforms [count, 1 + d]. */
export function tpeSample(
  core: CoreWith<"tpeSample">,
  distributions: readonly Distribution[],
  observations: Observations,
  settings: ParzenSettings,
  uniforms: Float64Array,
): Float64Array {
  const d = distributions.length;
  const count = uniforms.length / (d + 1);
  return core.scope((arena) => {
    const out = arena.f64Alloc(d * count);
    const table = dimensionTable(arena, distributions);
    const placed = place(arena, observations);
    const { priorWeight } = settings;
    core.exports.tpeSample(d, table, ...placed, priorWeight, flagsOf(settings), count, arena.f64(uniforms), out);
    return arena.readF64(out, d * count);
  });
}

function place(arena: Arena, { count, values, weights }: Observations): [number, number, number] {
  return [count, arena.f64(values), arena.f64(weights)];
}

const flagsOf = ({ magicClip, endpoints }: ParzenSettings): number => (magicClip ? 1 : 0) + (endpoints ? 2 : 0);

// The kinds of assembly/tpe/dimension.ts.
const REAL = 0;
const LOG_REAL = 1;
const GRID = 2;
const LOG_INT = 3;
const CATEGORY = 4;

function dimensionTable(arena: Arena, distributions: readonly Distribution[]): number {
  const table = new Float64Array(distributions.length * 5);
  distributions.forEach((distribution, j) => table.set(dimension(distribution), j * 5));
  return arena.f64(table);
}

function dimension(distribution: Distribution): number[] {
  const count = cardinality(distribution);
  if (distribution.type === "categorical") return [CATEGORY, 0, count - 1, 1, count];
  const { type, low, high, log, step } = distribution;
  if (type === "int" && log) return [LOG_INT, low, high, 1, count];
  if (step !== null) return [GRID, low, high, step, count];
  return [log ? LOG_REAL : REAL, low, high, 0, count];
}
