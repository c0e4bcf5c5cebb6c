import type { SearchOptions } from "../selection/search-options.ts";
import type { SearchRow } from "../selection/search-result.ts";
import type { Study } from "../study/study.ts";

/** What every job is given: its study's name, seed and storage, and how it is run and watched. */
export type JobOptions = Pick<SearchOptions, "name" | "seed" | "workers" | "lag" | "storage" | "onTrial">;

/** What of a candidate is shown. */
export type FoundRow = Pick<SearchRow, "params" | "splits" | "mean" | "std" | "rank">;

/** What a search found, whether of an estimator or of a network: a row a trial. */
export interface Found {
  readonly study: Study;
  readonly table: readonly FoundRow[];
  /** The row of rank 1; of several the first. */
  readonly best: FoundRow;
}

/** One search of the demonstration: a model, a table, a sampler. */
export interface Job {
  /** Names the study, its journal file and its line of JSON. */
  readonly name: string;
  readonly title: string;
  /** Trials at most. */
  readonly trials: number;
  /** Packages beside Vernier's own dependencies without which the job is skipped; default none. */
  readonly packages?: readonly string[];
  run(options: JobOptions): Promise<Found>;
}
