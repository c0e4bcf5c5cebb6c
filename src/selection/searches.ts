import type { ParamValue } from "../core/distribution.ts";
import { show, VernierError } from "../core/errors.ts";
import type { LabelsLike } from "../core/labels.ts";
import { choice, nestParams, type Space, type SpaceNode } from "../core/space.ts";
import type { Features } from "../core/table.ts";
import type { TrialRecord } from "../core/trial.ts";
import type { Classifier } from "../models/estimator.ts";
import { specOf } from "../preprocessing/steps.ts";
import { grid } from "../samplers/grid.ts";
import { random } from "../samplers/random.ts";
import { auto } from "../samplers/auto.ts";
import type { OptimizeOptions } from "../study/optimize-options.ts";
import type { Study, StudyOptions } from "../study/study.ts";
import { defaultCore } from "../wasm/default-core.ts";
import { candidateSettings, checkSettings } from "./candidate-settings.ts";
import { type ScoringLike, toScorer } from "./score-fitted.ts";
import { claimStudy, searchIdentity } from "./search-identity.ts";
import { searchObjective } from "./search-objective.ts";
import { type SearchResult, searchTable } from "./search-result.ts";
import type { SearchWorkerData } from "./search-worker.ts";
import { stopwatch } from "./stopwatch.ts";
import type { FoldsLike } from "./to-folds.ts";
import { type FoldedData, foldData, trainingFolds } from "./training-folds.ts";

/**
 * What the searches take, beside the study's and `optimize`'s own options. A `pruner` is asked after each fold,
 * whose score is the report at the step of the fold's number: `wilcoxon()` compares the folds of a candidate with
 * the same folds of the best, but cannot tell before the fourth of them at its default p of 0.1.
 */
export interface SearchOptions
  extends Omit<StudyOptions, "space" | "direction" | "directions">,
    Omit<OptimizeOptions, "totalTrials" | "workerData"> {
  /** Number of stratified folds (default 5), a splitter, or the folds. */
  readonly cv?: FoldsLike;
  /** Name of the score (default "accuracy") or a scorer; greater is better. */
  readonly scoring?: ScoringLike;
  /** Candidates in all; a search continued from a storage does the rest. */
  readonly trials?: number;
  /** Whether to train the best candidate on all data at the end; default true. */
  readonly refit?: boolean;
}

/** Value lists by the estimator's setting; those of a step may be nested under its name. */
export interface ParamGrid {
  readonly [name: string]: readonly ParamValue[] | ParamGrid;
}

/** What the composition root supplies. */
export interface SearchDeps {
  readonly createStudy: <const S extends Space>(options: StudyOptions<S>) => Promise<Study<S>>;
  /** URL of `search-worker`. */
  readonly worker: URL;
}

export type Search<C> = (
  estimator: Classifier<object>,
  candidates: C,
  X: Features,
  y: LabelsLike,
  options?: SearchOptions,
) => Promise<SearchResult>;

/** The three searches. */
export interface Searches {
  /** Every combination of the listed values, the first setting varying slowest. */
  readonly gridSearch: Search<ParamGrid>;
  /** `trials` (default 10) independent draws from a space. */
  readonly randomSearch: Search<Space>;
  /** `trials` (default 50) candidates from a space, each chosen in the light of those before; default `auto()`. */
  readonly bayesSearch: Search<Space>;
}

export function createSearches(deps: SearchDeps): Searches {
  return {
    gridSearch: async (estimator, lists, X, y, options = {}) =>
      search(deps, estimator, gridSpace(lists), X, y, { ...options, sampler: options.sampler ?? grid() }),
    randomSearch: (estimator, space, X, y, options = {}) =>
      search(deps, estimator, space, X, y, {
        ...options,
        sampler: options.sampler ?? random(),
        trials: options.trials ?? 10,
      }),
    bayesSearch: (estimator, space, X, y, options = {}) =>
      search(deps, estimator, space, X, y, {
        ...options,
        sampler: options.sampler ?? auto(),
        trials: options.trials ?? 50,
      }),
  };
}

async function search(
  deps: SearchDeps,
  estimator: Classifier<object>,
  space: Space,
  X: Features,
  y: LabelsLike,
  options: SearchOptions,
): Promise<SearchResult> {
  const scorer = toScorer(options.scoring ?? "accuracy");
  const data = foldData(X, y, options.cv ?? 5, estimator.tabular);
  const { trials, ...rest } = options;
  const { workers = 1, refit = true } = rest;
  const prunes = options.pruner !== undefined;
  checkSettings(estimator, space);
  const workerData = workers > 1 ? forWorkers(estimator, data, options.scoring ?? "accuracy", prunes) : null;
  const study = await deps.createStudy({ ...options, space, direction: "maximize" });
  await claimStudy(study, searchIdentity(defaultCore(), estimator, scorer, data));
  const limits = trials === undefined ? rest : { ...rest, totalTrials: trials };
  if (workerData !== null) {
    await study.optimize(deps.worker, { ...limits, workerData });
  } else {
    const task = { estimator, folds: trainingFolds(data), scorer, prunes };
    await study.optimize(searchObjective(task, stopwatch), limits);
  }
  const table = searchTable(study.trials);
  const best = table.find(({ rank, mean }) => rank === 1 && !Number.isNaN(mean));
  if (best === undefined) throw nothingFound(study.trials);
  const settings = candidateSettings(nestParams(space, (study.trials[best.number] as TrialRecord).internal), estimator);
  const bestEstimator = refit ? estimator.with(settings).fit(data.X, data.y) : null;
  return { table, best, bestEstimator, study: study as Study };
}

function gridSpace(lists: ParamGrid): Space {
  const space: Record<string, SpaceNode> = {};
  for (const [name, values] of Object.entries(lists)) {
    if (typeof values === "object" && values !== null && !Array.isArray(values)) {
      space[name] = gridSpace(values as ParamGrid);
      continue;
    }
    if (!Array.isArray(values)) {
      throw new VernierError("invalid-argument", `"${name}": expected a list of values, got ${show(values)}`);
    }
    space[name] = choice(values as readonly ParamValue[]);
  }
  return space;
}

// Workers rebuild the estimator and the scorer from their names.
function forWorkers(
  estimator: Classifier<object>,
  data: FoldedData,
  scoring: ScoringLike,
  prunes: boolean,
): SearchWorkerData {
  if (typeof scoring !== "string") {
    const message = `"scoring": expected a score's name with workers, as functions cannot be sent to them, got ${show(scoring)}`;
    throw new VernierError("invalid-argument", message);
  }
  return { data, estimator: specOf(estimator), scoring, prunes };
}

function nothingFound(trials: readonly TrialRecord[]): VernierError {
  const first = trials.find(({ failure }) => failure !== null)?.failure;
  const why = first == null ? "" : `; the first failed with ${first.name}: ${first.message}`;
  return new VernierError(
    "invalid-argument",
    `search: expected at least one candidate to be scored on every fold, got none of ${trials.length}${why}`,
  );
}
