import type { ParamValue } from "../core/distribution.ts";
import { show, VernierError } from "../core/errors.ts";
import type { MatrixLike } from "../core/matrix.ts";
import { type ChoiceParam, choice, type Space } from "../core/space.ts";
import type { Estimator } from "../models/estimator.ts";
import { auto } from "../samplers/auto.ts";
import { grid } from "../samplers/grid.ts";
import { random } from "../samplers/random.ts";
import { runSearch, type SearchDeps } from "./run-search.ts";
import type { SearchOptions } from "./search-options.ts";
import type { SearchResult } from "./search-result.ts";
import type { TargetsLike } from "./targets.ts";

/** Value lists by the estimator's setting. */
export type ParamGrid = Readonly<Record<string, readonly ParamValue[]>>;

/** A search over candidates of the kind `C`. */
export type Search<C, O = SearchOptions> = <E extends Estimator<object>>(
  estimator: E,
  candidates: C,
  X: MatrixLike,
  y: TargetsLike,
  options?: O,
) => Promise<SearchResult<ReturnType<E["fit"]>>>;

/** The searches. */
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
  };
}

/** The space of every combination; throws `invalid-argument` for what is no list. */
export function gridSpace(lists: ParamGrid): Space {
  const space: Record<string, ChoiceParam<ParamValue>> = {};
  for (const [name, values] of Object.entries(lists)) {
    if (!Array.isArray(values)) {
      throw new VernierError("invalid-argument", `"${name}": expected a list of values, got ${show(values)}`);
    }
    space[name] = choice(values as readonly ParamValue[]);
  }
  return space;
}
