import type { ParamValue } from "../core/distribution.ts";
import { show, VernierError } from "../core/errors.ts";
import type { Features } from "../core/table.ts";
import { int, nestParams, type Space } from "../core/space.ts";
import type { TrialRecord } from "../core/trial.ts";
import type { Estimator, FittedEstimator } from "../models/estimator.ts";
import { partialFixed } from "../samplers/partial-fixed.ts";
import type { Sampler } from "../samplers/sampler.ts";
import type { Study } from "../study/study.ts";
import { defaultCore } from "../wasm/default-core.ts";
import { checkSettings } from "./candidate-settings.ts";
import { climbRungs, rangeOf } from "./halving-climb.ts";
import { type HalvingOptions, type HalvingPlan, planHalving } from "./halving-plan.ts";
import type { Rung } from "./halving-rungs.ts";
import { bestRow, evaluator, refitted, type SearchDeps } from "./run-search.ts";
import { claimStudy, searchIdentity } from "./search-identity.ts";
import { resourcesParam, settingsOf } from "./search-objective.ts";
import type { SearchOptions } from "./search-options.ts";
import { searchTask } from "./search-plan.ts";
import { type SearchResult, type SearchRow, searchTable } from "./search-result.ts";
import type { TargetsLike } from "./targets.ts";

/**
 * What halving searches take. A `pruner` sees the trials of all rungs, whatever their resources; with a `sampler` that
 * learns from trials the study depends on `lag`, as any does. One process at a time may continue a study.
 */
export interface HalvingSearchOptions extends Omit<SearchOptions, "trials">, HalvingOptions {}

/** A candidate at one rung. */
export interface HalvingRow extends SearchRow {
  /** The rung, from 0. Rows of a later one rank before those of an earlier one, whatever their scores. */
  readonly iteration: number;
  /** Samples, or the value of the setting that is the resource. */
  readonly resources: number;
}

/** What successive halving found. */
export interface HalvingResult<F extends FittedEstimator = FittedEstimator> extends SearchResult<F, HalvingRow> {
  /** As planned; a search that was stopped may not have come to the last. */
  readonly rungs: readonly Rung[];
}

/** What a kind of halving search brings along. */
export interface HalvingKind {
  readonly sampler: Sampler;
  readonly minResources: "smallest" | "exhaust";
  /** At first; null: all of a grid. */
  readonly candidates: number | "exhaust" | null;
}

/**
 * Successive halving over a study: a trial is a candidate at a rung, its parameters and its resources. The first
 * rung's trials come from the sampler; those of the next are enqueued when a rung has ended: the best of it, by mean,
 * of equal ones the lower number; candidates that failed go on only for want of others. So the study depends
 * neither on timing nor on the number of workers, and a continued one takes up where it ended.
 */
export async function halvingSearch<E extends Estimator<object>>(
  deps: SearchDeps,
  kind: HalvingKind,
  estimator: E,
  candidates: Space,
  X: Features,
  y: TargetsLike,
  options: HalvingSearchOptions,
): Promise<HalvingResult<ReturnType<E["fit"]>>> {
  checkSettings(estimator, candidates);
  expectNoTrials(options);
  const { factor: _f, resource: _r, maxResources: _m, aggressiveElimination: _a, ...rest } = options;
  const checked = searchTask(estimator, X, y, options);
  const minResources = options.minResources ?? kind.minResources;
  const plan = planHalving(checked, candidates, kind.candidates, { ...options, minResources });
  const task = { ...checked, resource: plan.resource };
  const rungs = plan.rungs;
  const space = { ...candidates, [resourcesParam]: int(1, plan.maxResources) };
  const least = (rungs[0] as Rung).resources;
  const sampler = partialFixed({ [resourcesParam]: least }, options.sampler ?? kind.sampler);
  const evaluate = evaluator(deps, task, rest);
  const study: Study = await deps.createStudy({ ...options, space, direction: "maximize", sampler });
  await claimStudy(study, { ...searchIdentity(defaultCore(), task), halving: identityOf(plan) });
  await climbRungs(study, rungs, options.timeout, evaluate);
  const metrics = task.metrics.map(({ name }) => name);
  const table = halvingTable(study.trials, metrics, rungs);
  const best = bestRow(table, study.trials);
  const settings = settingsOf(nestParams(space, (study.trials[best.number] as TrialRecord).internal), task);
  return { table, best, bestEstimator: refitted<E>(task, settings, options), metrics, study, rungs };
}

function expectNoTrials(options: SearchOptions): void {
  if (options.trials === undefined) return;
  const got = show(options.trials);
  throw new VernierError("invalid-argument", `"trials": expected none, as they follow from the rungs, got ${got}`);
}

function identityOf({ resource, factor, rungs }: HalvingPlan): Record<string, string | number | number[][]> {
  return { resource, factor, rungs: rungs.map(({ candidates, resources }) => [candidates, resources]) };
}

function halvingTable(
  trials: readonly TrialRecord[],
  metrics: readonly string[],
  rungs: readonly Rung[],
): HalvingRow[] {
  const iterationOf = (number: number): number =>
    rungs.findIndex(({ iteration }) => number < rangeOf(rungs, iteration).end);
  const rows = searchTable(trials, metrics, ({ number }) => iterationOf(number));
  return rows.map((row) => {
    const { [resourcesParam]: resources, ...params } = row.params as Readonly<Record<string, ParamValue>>;
    return { ...row, params, iteration: iterationOf(row.number), resources: resources as number };
  });
}
