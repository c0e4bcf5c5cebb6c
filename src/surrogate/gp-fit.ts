import { concat } from "../core/concat.ts";
import type { SurrogateCore } from "../wasm/core.ts";
import { gpFit, type GpModel, type GpParameter, type GpPoints, UNWARPED } from "../wasm/gp.ts";
import { log } from "../wasm/math.ts";
import { excess, standardise } from "./gp-outputs.ts";
import { type GpAssumptions, gpPriors } from "./gp-priors.ts";

/** Where an output was observed, and what it was [n], smaller is better; in the order of the trials. */
export interface GpData extends GpPoints {
  readonly losses: Float64Array;
}

/** How many of n rows the hyperparameters are fitted to: all at first, later they move with every 32nd or 16th part. */
export function fittedRows(n: number): number {
  return n - (n % Math.max(1, n < MANY ? n >> 5 : n >> 4));
}

/** From how many rows' fit the search for that of `rows` starts: a power of two. */
export function coarseRows(rows: number): number {
  let coarse = 1;
  while (2 * coarse <= rows) coarse *= 2;
  return coarse;
}

/** Up to here the fixed starts are tried beside the earlier fit. */
const SEVERAL_STARTS = 32;

/** From here on a fit takes long, and the earlier one that it starts from has seen most of the rows. */
const MANY = 128;

const MAX_EVALUATIONS = 50;
const MAX_EVALUATIONS_OF_MANY = 15;

/** Rows from which on inputs may be warped. */
const ENOUGH_TO_BEND = 16;

interface Fit {
  readonly data: GpData;
  /** Whether inputs are warped. */
  readonly bent: boolean;
  readonly theta: Float64Array;
  readonly logUnit: number;
}

/**
 * Makes models of data and keeps the last fits. The hyperparameters for n rows are those of the first `fittedRows(n)`,
 * whose search starts from those of the first `coarseRows` of them: a fit depends on one other at most, so that a study
 * taken up by another process has them soon. Whether inputs are warped is decided there too.
 */
export function gpFits(assumptions: GpAssumptions): (core: SurrogateCore, data: GpData) => GpModel {
  let kept: readonly Fit[] = [];

  function outputsOf(
    core: SurrogateCore,
    losses: Float64Array,
  ): { readonly values: Float64Array; readonly logUnit: number } {
    return assumptions.warp ? excess(core, losses) : { values: standardise(losses).values, logUnit: 0 };
  }

  function fitOf(core: SurrogateCore, data: GpData, rows: number): Fit {
    const known = kept.find((other) => other.data.count === rows && beginsWith(data, other.data));
    if (known !== undefined) return known;
    const own = firstRows(data, rows);
    const { values, logUnit } = outputsOf(core, own.losses);
    const coarse = coarseRows(rows);
    const before = coarse < rows ? fitOf(core, data, coarse) : null;
    const maxEvaluations = rows > MANY ? MAX_EVALUATIONS_OF_MANY : MAX_EVALUATIONS;
    const search = (bent: boolean, start: Float64Array | null): ReturnType<typeof gpFit> => {
      const priors = gpPriors(core, data.parameters.length, { ...assumptions, bent });
      const starts = start === null ? [] : [start];
      if (start === null || (before !== null && rows <= SEVERAL_STARTS))
        starts.push(...(priors.starts as Float64Array[]));
      return gpFit(core, { ...own, bent }, values, { ...priors, starts, maxEvaluations });
    };
    const first = search(before?.bent ?? false, before === null ? null : rescaled(before, logUnit));
    let fit: Fit = { data: own, bent: before?.bent ?? false, theta: first.theta, logUnit };
    const bends = assumptions.inputWarp ? bentParameters(data.parameters) : 0;
    if (before === null && bends > 0 && rows >= ENOUGH_TO_BEND) {
      const shapes = new Float64Array(2 * data.parameters.length);
      const bent = search(true, concat([first.theta, shapes]));
      // Two more hyperparameters for each must be worth it by the Bayesian information criterion.
      if (first.value - bent.value > bends * log(core, rows)) fit = { ...fit, bent: true, theta: bent.theta };
    }
    kept = before === null ? [fit] : [fit, before];
    return fit;
  }

  return (core, data) => {
    const fit = fitOf(core, data, fittedRows(data.count));
    const { values, logUnit } = outputsOf(core, data.losses);
    return { ...data, bent: fit.bent, outputs: values, theta: rescaled(fit, logUnit) };
  };
}

/** How many parameters have columns that a warp of the inputs changes. */
function bentParameters(parameters: readonly GpParameter[]): number {
  return parameters.filter(({ type, parent }) => type !== "category" && parent < 0).length;
}

function firstRows(data: GpData, rows: number): GpData {
  const points = data.points.slice(0, rows * data.parameters.length);
  return { ...data, count: rows, points, losses: data.losses.slice(0, rows) };
}

/** The hyperparameters, with the outputs' shift in another unit. */
function rescaled({ data, theta, logUnit: before }: Fit, logUnit: number): Float64Array {
  const moved = theta.slice();
  const at = data.parameters.length + 3;
  if (theta[at] !== UNWARPED) moved[at] = (theta[at] as number) + before - logUnit;
  return moved;
}

function beginsWith(data: GpData, first: GpData): boolean {
  const same = (all: Float64Array, part: Float64Array): boolean =>
    all.length >= part.length && part.every((value, i) => Object.is(value, all[i]));
  return (
    sameParameters(data.parameters, first.parameters) &&
    same(data.losses, first.losses) &&
    same(data.points, first.points)
  );
}

function sameParameters(a: readonly GpParameter[], b: readonly GpParameter[]): boolean {
  const fields = ["type", "count", "parent", "parentValue"] as const;
  return a.length === b.length && a.every((one, j) => fields.every((field) => one[field] === b[j]?.[field]));
}
