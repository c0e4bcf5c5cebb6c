import { expectOneObjective } from "../core/one-objective.ts";
import { type GpPredictions, gpSearch } from "../wasm/gp.ts";
import { boxAround, globalCandidates, localCandidates, wholeBox } from "../surrogate/gp-candidates.ts";
import { gpConstraints } from "../surrogate/gp-constraints.ts";
import { gpFits } from "../surrogate/gp-fit.ts";
import { type GpOptions, gpSettings } from "./gp-options.ts";
import { trustRegion } from "./gp-region.ts";
import { type GpRows, gpRows } from "../surrogate/gp-rows.ts";
import { qmc } from "./qmc.ts";
import type { Sampler } from "./sampler.ts";
import { unitSpace } from "../surrogate/unit-space.ts";
import { withoutRepeats } from "./without-repeats.ts";

export type { GpOptions } from "./gp-options.ts";

/**
 * Bayesian optimization: a Gaussian process is fitted to the trials, and the next one is where it expects the largest
 * improvement (by the logarithm of that, Ament et al., NeurIPS 2023).
 *
 * The kernel measures numbers by their distance, stepped ones at their steps, choices as same or different, and
 * parameters of a branch only where it is taken; hyperparameters are those of the largest posterior, outputs are warped
 * as far as the trials ask for it. The improvement is counted from the best predicted value at a trial. Trials under way
 * count as if they had come out as predicted. With constraints (under Optuna's keys, at most 0 where they hold) the
 * improvement is weighted with the probability that they hold, and so it is with that of not failing once trials fail. With more than 20 parameters or 300 trials the
 * search keeps to a trust region (Eriksson et al., NeurIPS 2019) and its last 256 trials.
 *
 * Throws `invalid-argument` for options out of range and, when the study is created, `unsupported` for more than one
 * objective.
 */
export function gp(options: GpOptions = {}): Sampler {
  const settings = gpSettings(options);
  const { kernel, warp, deterministic } = settings;
  const startup = qmc();
  const fits = gpFits({ kernel, warp, deterministic });
  const constraintModels = gpConstraints(kernel);
  const sampler: Sampler = {
    name: "gp",
    check: (_space, directions) => expectOneObjective("gp", directions),
    suggest(core, input) {
      const unit = unitSpace(core, input.space);
      const { parameters } = unit;
      const d = parameters.length;
      const all = gpRows(core, unit, input);
      const needed = settings.nStartupTrials ?? Math.min(10, 2 * (d + 1));
      const local = d > MOST_PARAMETERS || all.losses.length > MOST_TRIALS;
      const region = local ? trustRegion(all.losses, d, needed) : null;
      const rows = region === null ? all : lastRows(all, region.start, region.center, d);
      const n = rows.losses.length;
      if (d === 0 || n === 0 || n + (rows.pending.length + rows.failed.length) / d < needed)
        return startup.suggest(core, input);

      const objective = fits(core, { kernel, parameters, count: n, points: rows.points, losses: rows.losses });
      const constraints = constraintModels(core, parameters, rows);
      const order = bestFirst(rows);
      const pointOf = (row: number): Float64Array => rows.points.subarray(row * d, (row + 1) * d);
      const centers = order.slice(0, CENTERS).map(pointOf);
      const box = region === null ? wholeBox(d) : boxAround(pointOf(order[0] as number), region.length);
      const key = { ...input.key, purpose: "gp" };
      const many = n > 250 ? 64 : 128;
      const found = gpSearch(core, [objective, ...constraints.models], {
        acquisition: constraints.anyFeasible ? settings.acquisition : "feasibility",
        settings: ([own]) => [
          settings.acquisition === "lowerBound" ? BOUND_WIDTH : leastMean(own as GpPredictions, constraints.feasible),
          ...constraints.thresholds,
        ],
        pending: rows.pending,
        candidates: concat(
          globalCandidates(core, unit, box, 2 * many, key),
          localCandidates(core, unit, box, centers, many, key),
        ),
        starts: 4,
        maxEvaluations: 40,
        box,
        ...(settings.repeats || parameters.some(({ type }) => type === "real") ? {} : { taken: takenPoints(all) }),
      });
      const isFound = found !== null && found.score > Number.NEGATIVE_INFINITY;
      return isFound ? unit.fromUnit(found.point) : startup.suggest(core, input);
    },
  };
  return settings.repeats ? sampler : { ...withoutRepeats(sampler), name: "gp" };
}

function takenPoints({ points, failed, pending }: GpRows): Float64Array {
  return concat(points, concat(failed, pending));
}

const MOST_PARAMETERS = 20;
const MOST_TRIALS = 300;
/** Rows that a trust region's model is made of. */
const WINDOW = 256;
/** The best trials whose neighborhood is searched. */
const CENTERS = 4;
/** Standard deviations from the mean to the lower confidence bound. */
const BOUND_WIDTH = 2;

/** The region's center and its last rows. The first of these moves in steps, so that fits can be kept. */
function lastRows(rows: GpRows, start: number, center: number, d: number): GpRows {
  const n = rows.losses.length;
  const from = Math.max(start, 32 * Math.floor((n - WINDOW) / 32));
  const head = center < from && center < n ? [center] : [];
  const chosen = [...head, ...Array.from({ length: n - from }, (_, i) => from + i)];
  const points = new Float64Array(chosen.length * d);
  chosen.forEach((row, i) => points.set(rows.points.subarray(row * d, (row + 1) * d), i * d));
  return {
    points,
    losses: Float64Array.from(chosen, (row) => rows.losses[row] as number),
    constraints: chosen.map((row) => rows.constraints[row] as readonly number[] | null),
    pending: rows.pending,
    failed: rows.failed,
  };
}

const violation = (constraints: readonly number[] | null): number =>
  (constraints ?? []).reduce((sum, value) => sum + Math.max(0, value), 0);

/** Rows from best to worst: those that violate constraints last, the least violation first. */
function bestFirst({ losses, constraints }: GpRows): number[] {
  const violations = constraints.map(violation);
  return Array.from(losses.keys()).sort((a, b) => {
    const difference = (violations[a] as number) - (violations[b] as number);
    if (difference !== 0) return difference;
    return (losses[a] as number) < (losses[b] as number)
      ? -1
      : (losses[a] as number) > (losses[b] as number)
        ? 1
        : a - b;
  });
}

/** The least predicted value at a trial that violates nothing: what there is to improve on. */
function leastMean({ mean }: GpPredictions, feasible: readonly boolean[]): number {
  return mean.reduce((least, value, row) => (feasible[row] ? Math.min(least, value) : least), Number.POSITIVE_INFINITY);
}

function concat(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
