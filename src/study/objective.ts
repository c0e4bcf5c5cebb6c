import type { LiveTrial } from "./live-trial.ts";

/** A single value, or one value per direction. */
export type ObjectiveValue = number | readonly number[];

/**
 * What a study improves: receives the nested parameters and the running trial, returns a finite number (or
 * one per direction). To give a trial up, throw `new TrialPruned()`; any other error fails that trial only.
 */
export type Objective<P = never> = (params: P, trial: LiveTrial) => ObjectiveValue | Promise<ObjectiveValue>;

/** What a module must export to be evaluated in workers. */
export interface ObjectiveModule {
  readonly default: Objective<never>;
  /** Called once per worker, before its first trial, with `optimize`'s `workerData`. */
  readonly setup?: (data: unknown) => void | Promise<void>;
}

/** Thrown by an objective to end its trial as pruned. */
export class TrialPruned extends Error {
  override readonly name = "TrialPruned";

  constructor(message: string = "the trial was pruned") {
    super(message);
  }
}
