import type { TrialRecord } from "../core/trial.ts";
import type { SearchResult } from "../selection/search-result.ts";
import type { Storage } from "../storages/storage.ts";

/** What a job is run with. */
export interface JobContext {
  readonly seed: number;
  readonly workers: number;
  readonly storage: Storage;
  readonly onTrial: (trial: TrialRecord) => void;
}

/** One search of the demonstration: a model, a table, a sampler. */
export interface Job {
  /** Names the study, its journal file and its line of JSON. */
  readonly name: string;
  readonly title: string;
  /** Trials at most. */
  readonly trials: number;
  run(context: JobContext): Promise<SearchResult>;
}

/** Trials that are asked without knowing the latest results: the same for any number of workers up to it. */
export const lag = 4;
