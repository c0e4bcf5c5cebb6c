import { VernierError } from "../core/errors.ts";
import { shareFeatures, shareNumbers } from "../core/share-numbers.ts";
import type { Features } from "../core/table.ts";
import { nestParams, type Space } from "../core/space.ts";
import type { TrialRecord } from "../core/trial.ts";
import type { Estimator } from "../models/estimator.ts";
import type { ObjectiveWorkers } from "../study/in-workers.ts";
import { inOneThread } from "../study/in-one-thread.ts";
import type { OptimizeOptions } from "../study/optimize-options.ts";
import type { Study, StudyOptions } from "../study/study.ts";
import { defaultCore } from "../wasm/default-core.ts";
import { checkSettings } from "./candidate-settings.ts";
import { fitEstimator } from "./fit-estimator.ts";
import { claimStudy, searchIdentity } from "./search-identity.ts";
import { searchObjective, type SearchTask, settingsOf } from "./search-objective.ts";
import type { SearchOptions } from "./search-options.ts";
import { forWorkers, searchTask } from "./search-plan.ts";
import { type SearchResult, type SearchRow, searchTable } from "./search-result.ts";
import { stopwatch } from "./stopwatch.ts";
import type { TargetsLike } from "./targets.ts";

/** What the composition root supplies. */
export interface SearchDeps {
  readonly createStudy: <const S extends Space>(options: StudyOptions<S>) => Promise<Study<S>>;
  /** URL of `search-worker`, or what starts workers that have it; null: the runtime has no workers. */
  readonly worker: URL | ObjectiveWorkers | null;
  /** Whether numbers can be in memory that workers share; default false. */
  readonly sharesMemory?: boolean;
}

/** Searches `space` with the sampler of the options: one study, one trial a candidate. */
export async function runSearch<E extends Estimator<object>>(
  deps: SearchDeps,
  estimator: E,
  space: Space,
  X: Features,
  y: TargetsLike,
  options: SearchOptions,
): Promise<SearchResult<ReturnType<E["fit"]>>> {
  checkSettings(estimator, space);
  const task = searchTask(estimator, X, y, options);
  const { trials, ...rest } = options;
  const evaluate = evaluator(deps, task, rest);
  const study: Study = await deps.createStudy({ ...options, space, direction: "maximize" });
  await claimStudy(study, searchIdentity(defaultCore(), task));
  await evaluate(study, trials === undefined ? {} : { totalTrials: trials });
  const metrics = task.metrics.map(({ name }) => name);
  const table = searchTable(study.trials, metrics);
  const best = bestRow(table, study.trials);
  const settings = settingsOf(nestParams(space, (study.trials[best.number] as TrialRecord).internal), task);
  return { table, best, bestEstimator: refitted<E>(task, settings, options), metrics, study };
}

/** Evaluates candidates of a study up to a limit. */
export type EvaluateTo = (study: Study, limits: Pick<OptimizeOptions, "totalTrials" | "timeout">) => Promise<void>;

/**
 * What evaluates a task's candidates, in workers where the options ask for them. In a runtime without workers they are
 * evaluated here, one after the other, and the study is the same.
 */
export function evaluator(deps: SearchDeps, task: SearchTask, options: Omit<SearchOptions, "trials">): EvaluateTo {
  const onError = options.errorScore === "raise" ? ("stop" as const) : (options.onError ?? "fail");
  const { workers = 1 } = options;
  const workerData = workers > 1 ? forWorkers(deps.sharesMemory ? shared(task) : task) : null;
  const elsewhere = workerData === null ? null : deps.worker;
  const settings = elsewhere === null ? inOneThread(options, options.seed) : { ...options, workerData };
  const objective = elsewhere ?? searchObjective(task, stopwatch);
  return async (study, limits) => {
    await study.optimize(objective, { ...settings, onError, ...limits });
    const failed = options.errorScore === "raise" ? study.trials.find(({ state }) => state === "fail") : undefined;
    if (failed === undefined) return;
    const why = `${failed.failure?.name}: ${failed.failure?.message}`;
    throw new VernierError("invalid-argument", `candidate ${failed.number}: expected a score, got ${why}`);
  };
}

/** The task with its numbers in shared memory, so that workers need no copies of the table. */
function shared(task: SearchTask): SearchTask {
  const { X, y, weights, folds } = task.data;
  const data = {
    X: shareFeatures(X),
    y: y instanceof Float64Array ? shareNumbers(y) : y,
    weights: weights && shareNumbers(weights),
    folds: folds.map(({ train, test }) => ({ train: shareNumbers(train), test: shareNumbers(test) })),
  };
  return { ...task, data };
}

/** The first row of rank 1; throws `invalid-argument` when there is none, saying the first failure. */
export function bestRow<R extends SearchRow>(table: readonly R[], trials: readonly TrialRecord[]): R {
  const best = table.find(({ rank, mean }) => rank === 1 && !Number.isNaN(mean));
  if (best !== undefined) return best;
  const first = trials.find(({ failure }) => failure !== null)?.failure;
  const why = first == null ? "" : `; the first failed with ${first.name}: ${first.message}`;
  throw new VernierError(
    "invalid-argument",
    `search: expected at least one candidate to be scored on every fold, got none of ${trials.length}${why}`,
  );
}

/** The estimator with these settings trained on all data, or null where the options want none. */
export function refitted<E extends Estimator<object>>(
  { estimator, data }: SearchTask,
  settings: Readonly<Record<string, unknown>>,
  options: Pick<SearchOptions, "refit">,
): ReturnType<E["fit"]> | null {
  if (options.refit === false) return null;
  return fitEstimator(estimator.with(settings), data.X, data.y, data.weights) as ReturnType<E["fit"]>;
}
