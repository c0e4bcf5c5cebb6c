import type { Distribution } from "../core/distribution.ts";
import type { Json } from "../core/json.ts";
import type { TrialFailure } from "../core/trial.ts";
import type { Checkpoints } from "../storages/checkpoints.ts";

/** A parameter's distribution and its internal value. */
export interface DrawnParam {
  readonly distribution: Distribution;
  readonly internal: number;
}

/** One trial to evaluate: plain data, so that it can be posted to a worker. */
export interface TrialTask {
  readonly number: number;
  readonly seed: number;
  /** How many values a report has. */
  readonly objectives: number;
  /** The objective's nested parameters. */
  readonly params: unknown;
  /** Every parameter drawn before the trial starts, by flat name: what `trial.suggest...` looks up. */
  readonly drawn: Readonly<Record<string, DrawnParam>>;
}

/** A number, or with several objectives one for each. */
export type Report = number | readonly number[];

/** Where a running trial's words go; across a worker boundary every call is a message. */
export interface TrialHost {
  report(value: Report, step: number): void;
  /** Answers from the reports made before the call. */
  shouldPrune(): boolean | Promise<boolean>;
  /** A parameter that the objective asked for by name; recorded with the trial. */
  suggested(name: string, drawn: DrawnParam): void;
  setConstraint(name: string, value: number): void;
  setUserAttr(name: string, value: Json): void;
  /** The study's own; they stay with the host. */
  readonly checkpoints: Checkpoints;
}

/** How an evaluation ended. */
export type TrialOutcome =
  | { readonly state: "complete"; readonly values: readonly number[] }
  | { readonly state: "pruned" }
  | { readonly state: "fail"; readonly failure: TrialFailure };

/** Evaluates trials, here or elsewhere. */
export interface TrialRunner {
  /** How many trials it runs at a time. */
  readonly workers: number;
  /**
   * Evaluates one trial. Resolves with its outcome, whatever goes wrong inside it: an objective that throws,
   * a worker that dies or runs past its time-out are a "fail". Rejects only when the runner is unusable.
   */
  run(task: TrialTask, host: TrialHost, signal: AbortSignal | undefined): Promise<TrialOutcome>;
  close(): Promise<void>;
}
