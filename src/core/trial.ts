import type { Distribution, ParamValue } from "./distribution.ts";
import type { Json } from "./json.ts";

export type Direction = "minimize" | "maximize";

/** running: being evaluated; waiting: enqueued, not yet started; the other three are finished for good. */
export type TrialState = "running" | "complete" | "pruned" | "fail" | "waiting";

/** Why a trial failed: the objective's error, a worker's death, a time-out, a value that is not finite. */
export interface TrialFailure {
  readonly name: string;
  readonly message: string;
  readonly stack: string | null;
}

/** One trial as plain, frozen data. Parameters that are not active in this trial are absent. */
export interface TrialRecord {
  /** Position in the study, from 0. */
  readonly number: number;
  readonly state: TrialState;
  /** External values by flat name (`"model.svm.C"`). */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** The same parameters in internal form: the number, or the choice's index. */
  readonly internal: Readonly<Record<string, number>>;
  readonly distributions: Readonly<Record<string, Distribution>>;
  /** One value per objective; null unless complete (or pruned with a last report). */
  readonly values: readonly number[] | null;
  /** Reported [step, value] pairs, by increasing step. */
  readonly intermediate: readonly (readonly [step: number, value: number])[];
  /** With several objectives, in place of those: [step, one value per objective], by increasing step; absent for none. */
  readonly reports?: readonly (readonly [step: number, values: readonly number[]])[];
  readonly userAttrs: Readonly<Record<string, Json>>;
  readonly systemAttrs: Readonly<Record<string, Json>>;
  /** ISO 8601 in UTC, or null. */
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly failure: TrialFailure | null;
}

/** Whether the trial has ended, in whatever way. */
export function isFinished({ state }: Pick<TrialRecord, "state">): boolean {
  return state === "complete" || state === "pruned" || state === "fail";
}

/** The single objective's value of a complete trial, turned so that smaller is better; null for any other. */
export function loss(trial: TrialRecord, directions: readonly Direction[]): number | null {
  if (trial.state !== "complete" || trial.values === null) return null;
  const value = trial.values[0] as number;
  return directions[0] === "maximize" ? -value : value;
}
