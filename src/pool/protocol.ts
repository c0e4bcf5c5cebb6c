import { show } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import type { TrialFailure } from "../core/trial.ts";
import { failureOf } from "../study/evaluate.ts";
import type { DrawnParam, Report, TrialHost, TrialOutcome, TrialTask } from "../study/runner.ts";
import { isClonable } from "./unclonable.ts";

// What the two threads say to each other. Both sides expose one object on the same channel and wrap the
// other's: messages of one channel arrive in order, so a trial's words are there before its outcome.

/** One thing that a running trial says. */
export type Word =
  | readonly [kind: "report", value: Report, step: number]
  | readonly [kind: "suggested", name: string, drawn: DrawnParam]
  | readonly [kind: "constraint", name: string, value: number]
  | readonly [kind: "userAttr", name: string, value: Json];

/** What a worker is told once, before its first trial. */
export interface WorkerInit {
  /** The compiled search module, so that the worker need not compile its own; of models it does, when it trains the first. */
  readonly module: WebAssembly.Module;
  /** URL of its module; null: the worker brings its own. */
  readonly objective: string | null;
  readonly workerData: unknown;
}

/** Why a worker cannot evaluate trials: `expected` and `got` as in every error message of the library. */
export interface StartFailure {
  readonly expected: string;
  readonly got: string;
  readonly failure: TrialFailure | null;
}

/** The words that had not been sent before the trial ended travel with its outcome. */
export interface RunResult {
  readonly outcome: TrialOutcome;
  readonly words: readonly Word[];
}

/** What the worker offers to its host. */
export interface WorkerApi {
  start(init: WorkerInit): Promise<StartFailure | null>;
  run(task: TrialTask): Promise<RunResult>;
  /** Aborts the signal of the trial that runs. */
  abort(reason: Reason): void;
}

/** What the host offers to its worker. */
export interface HostApi {
  hear(words: readonly Word[]): void;
  /** Delivers the words first. */
  shouldPrune(words: readonly Word[]): boolean | Promise<boolean>;
  /** The study's own. Bytes change hands: no thread keeps what it sends. */
  readonly checkpoints: TrialHost["checkpoints"];
  /** The worker came upon an error that nothing in it caught, and cannot be trusted any more. */
  died(failure: TrialFailure): void;
}

/** Why a trial is to be given up; errors cross as plain data, because a clone would lose the name of the class. */
export type Reason = { readonly failure: TrialFailure } | { readonly value: unknown };

export function reasonOf(reason: unknown): Reason {
  return reason instanceof Error
    ? { failure: failureOf(reason) }
    : { value: isClonable(reason) ? reason : show(reason) };
}

export function reviveReason(reason: Reason): unknown {
  return "failure" in reason ? reviveError(reason.failure) : reason.value;
}

/** An error of another thread, as one of this thread. */
export function reviveError(failure: TrialFailure): Error {
  return Object.assign(new Error(failure.message), failure);
}

/** Passes words on in their order. */
export function deliver(words: readonly Word[], host: TrialHost): void {
  for (const [kind, first, second] of words) {
    if (kind === "report") host.report(first, second);
    else if (kind === "suggested") host.suggested(first, second);
    else if (kind === "constraint") host.setConstraint(first, second);
    else host.setUserAttr(first, second);
  }
}
