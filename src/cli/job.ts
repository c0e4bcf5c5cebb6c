import type { SearchOptions } from "../selection/search-options.ts";
import type { Found } from "./found.ts";

/** What every job is given: its study's name, seed and storage, and how it is run and watched. */
export type JobOptions = Pick<SearchOptions, "name" | "seed" | "workers" | "lag" | "storage" | "onTrial">;

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
