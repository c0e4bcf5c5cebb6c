import type { ParamValue } from "../core/distribution.ts";
import { show, VernierError } from "../core/errors.ts";
import type { Features } from "../core/table.ts";
import { choice, type Space, type SpaceNode } from "../core/space.ts";
import type { Estimator } from "../models/estimator.ts";
import { auto } from "../samplers/auto.ts";
import { grid } from "../samplers/grid.ts";
import { random } from "../samplers/random.ts";
import { type HalvingResult, halvingSearch, type HalvingSearchOptions } from "./halving-search.ts";
import { runSearch, type SearchDeps } from "./run-search.ts";
import type { SearchOptions } from "./search-options.ts";
import type { SearchResult } from "./search-result.ts";
import type { TargetsLike } from "./targets.ts";

/** Value lists by the estimator's setting; those of a step may be nested under its name. */
export interface ParamGrid {
  readonly [name: string]: readonly ParamValue[] | ParamGrid;
}

/** A search over candidates of the kind `C`. */
export type Search<C> = <E extends Estimator<object>>(
  estimator: E,
  candidates: C,
  X: Features,
  y: TargetsLike,
  options?: SearchOptions,
) => Promise<SearchResult<ReturnType<E["fit"]>>>;

/** Successive halving over candidates of the kind `C`. */
export type HalvingSearch<C, O = HalvingSearchOptions> = <E extends Estimator<object>>(
  estimator: E,
  candidates: C,
  X: Features,
  y: TargetsLike,
  options?: O,
) => Promise<HalvingResult<ReturnType<E["fit"]>>>;

export interface HalvingRandomOptions extends HalvingSearchOptions {
  /** Candidates of the first rung; "exhaust" (default): maxResources / minResources. */
  readonly nCandidates?: number | "exhaust";
}

/** A search of an estimator's usual space; the estimator, or what makes it. */
export type Tune = <E extends Estimator<object>>(
  model: E | (() => E),
  X: Features,
  y: TargetsLike,
  options?: SearchOptions,
) => Promise<SearchResult<ReturnType<E["fit"]>>>;

/** The searches. */
export interface Searches {
  /** Every combination of the listed values, the first setting varying slowest. */
  readonly gridSearch: Search<ParamGrid>;
  /** `trials` (default 10) independent draws from a space. */
  readonly randomSearch: Search<Space>;
  /** `trials` (default 50) candidates from a space, each chosen in the light of those before; default `auto()`. */
  readonly bayesSearch: Search<Space>;
  /** Every combination of the listed values with few resources, the better part again with more, and so on. */
  readonly halvingGridSearch: HalvingSearch<ParamGrid>;
  /** The same with draws from a space: `nCandidates`, by default as many as the resources allow. */
  readonly halvingRandomSearch: HalvingSearch<Space, HalvingRandomOptions>;
  /** `bayesSearch` over the estimator's usual space. */
  readonly tune: Tune;
}

export function createSearches(deps: SearchDeps): Searches {
  const searches: Searches = {
    gridSearch: async (estimator, lists, X, y, options = {}) =>
      runSearch(deps, estimator, gridSpace(lists), X, y, { ...options, sampler: options.sampler ?? grid() }),
    randomSearch: (estimator, space, X, y, options = {}) =>
      runSearch(deps, estimator, space, X, y, {
        ...options,
        sampler: options.sampler ?? random(),
        trials: options.trials ?? 10,
      }),
    bayesSearch: (estimator, space, X, y, options = {}) =>
      runSearch(deps, estimator, space, X, y, {
        ...options,
        sampler: options.sampler ?? auto(),
        trials: options.trials ?? 50,
      }),
    halvingGridSearch: async (estimator, lists, X, y, options = {}) => {
      const kind = { sampler: grid(), minResources: "exhaust", candidates: null } as const;
      return halvingSearch(deps, kind, estimator, gridSpace(lists), X, y, options);
    },
    halvingRandomSearch: (estimator, space, X, y, { nCandidates = "exhaust", ...options } = {}) => {
      const kind = { sampler: random(), minResources: "smallest", candidates: nCandidates } as const;
      return halvingSearch(deps, kind, estimator, space, X, y, options);
    },
    tune: async (model, X, y, options = {}) => {
      const estimator = typeof model === "function" ? model() : model;
      return searches.bayesSearch(estimator, usualSpace(estimator), X, y, options);
    },
  };
  return searches;
}

/** The space of every combination; throws `invalid-argument` for what is no list. */
export function gridSpace(lists: ParamGrid): Space {
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

function usualSpace(estimator: Estimator<object>): Space {
  const space = estimator?.space?.();
  if (space !== undefined) return space;
  const expected = "an estimator with a usual space to tune, or what makes one";
  throw new VernierError(
    "invalid-argument",
    `"model": expected ${expected}, got ${estimator?.name === undefined ? show(estimator) : `${estimator.name} without`}`,
  );
}
