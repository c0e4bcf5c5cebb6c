import type { SearchResult } from "../selection/search-result.ts";
import type { SearchOptions } from "../selection/search-options.ts";

/** One search of the demonstration: a model, a table, a sampler. */
export interface Job {
  /** Names the study, its journal file and its line of JSON. */
  readonly name: string;
  readonly title: string;
  /** Trials at most. */
  readonly trials: number;
  /** Runs the search with what all jobs share: its name, folds, seed, workers, storage and progress. */
  run(shared: SearchOptions): Promise<SearchResult>;
}
