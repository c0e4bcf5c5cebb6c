import type { Json } from "../core/json.ts";
import type { Params, Space } from "../core/space.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import type { Pruner } from "../pruners/pruner.ts";
import type { Sampler } from "../samplers/sampler.ts";
import type { Checkpoints } from "../storages/checkpoints.ts";
import type { Storage } from "../storages/storage.ts";
import type { LiveTrial } from "./live-trial.ts";
import type { ObjectiveWorkers } from "./in-workers.ts";
import type { Objective } from "./objective.ts";
import type { OptimizeOptions } from "./optimize-options.ts";

export interface StudyOptions<S extends Space = Space> {
  /** Name under which the storage keeps the study; one that is there already is continued. */
  readonly name?: string;
  /** Default "minimize". */
  readonly direction?: Direction;
  /** One per objective, instead of `direction`. */
  readonly directions?: readonly Direction[];
  /** The search space; may be left out when the objective asks for its parameters by name. */
  readonly space?: S;
  readonly sampler?: Sampler;
  readonly pruner?: Pruner;
  /** A whole number from 0 to 2^53 - 1. With it trials are reproducible; without it one is drawn. */
  readonly seed?: number;
  readonly storage?: Storage;
  /**
   * Where `trial.checkpoints` keeps its bytes; default `memoryCheckpoints()`. Studies that share a lasting store share its
   * names too: begin them with something of the study's own.
   */
  readonly checkpoints?: Checkpoints;
  /**
   * What becomes of trials found under way when a study is continued: evaluated again (default), or left to whoever
   * evaluates them, for several processes that work on one study. What trials then know depends on timing.
   */
  readonly abandoned?: "rerun" | "keep";
}

/** A trial obtained by `ask`: its parameters, and what a live trial can do. */
export interface AskedTrial<S extends Space = Space> extends LiveTrial {
  readonly params: Params<S>;
  /**
   * Writes what the trial said so far (reports, constraints, attributes, parameters asked for by name) to the storage,
   * for `study.trial` in another process. `tell` writes the rest by itself.
   */
  save(): Promise<void>;
}

/** What a trial asked for, or taken up again, may know of the others. */
export interface AskOptions {
  /**
   * As that of `optimize`: trial k knows exactly the trials up to k - lag as ended, so that the study depends on its
   * seed and the lag alone, whoever asks. Without one it knows all that have ended.
   */
  readonly lag?: number;
}

/** A trial record with the value of the single objective. */
export type BestTrial = TrialRecord & { readonly value: number };

/** How a manually evaluated trial ended when it has no value. */
export interface TellOptions {
  readonly state?: "complete" | "pruned" | "fail";
  /** Why the trial failed. */
  readonly reason?: string;
}

/** A search under way: asks for trials, is told their values, knows the best. */
export interface Study<S extends Space = Space> {
  readonly name: string;
  readonly directions: readonly Direction[];
  readonly seed: number;
  /** Every trial by number, as frozen records. */
  readonly trials: readonly TrialRecord[];
  /**
   * The best complete trial that keeps its constraints (ties: the lowest number). Throws when there is none, or several
   * objectives.
   */
  readonly best: BestTrial;
  /** Complete trials that keep their constraints and that no other such dominates. */
  readonly paretoFront: readonly TrialRecord[];
  /**
   * Why the last `optimize` ended: "trials", "exhausted", "patience", "target", "timeout", "aborted", "error", or
   * what a rule of `stop` says.
   */
  readonly stopReason: string | null;
  /**
   * Evaluates trials until a limit is reached. The objective is a function, or for workers the URL of a module whose
   * default export is the objective, or workers that have it: `inWorkers(...)`. In a runtime without workers such a
   * module is imported and evaluated in this thread, and the study is the same.
   */
  optimize(objective: Objective<Params<S>> | string | URL | ObjectiveWorkers, options?: OptimizeOptions): Promise<void>;
  /**
   * Starts one trial, to be evaluated by the caller and handed back to `tell`. Throws `exhausted` when nothing is left
   * to try, and with a `lag` `not-ready` while a trial that this one must know as ended is under way.
   */
  ask(options?: AskOptions): Promise<AskedTrial<S>>;
  /**
   * The trial under way of that number, whichever process asked for it: its parameters, and what it said if that was
   * saved. Throws `unknown-trial` or `trial-ended` for another. Give it the `lag` it was asked with.
   */
  trial(number: number, options?: AskOptions): Promise<AskedTrial<S>>;
  /** Takes in what other processes did to the study; `trial` and `tell` do so where they need it. */
  sync(): Promise<void>;
  /**
   * Ends a trial that `ask` started, here or in another process: with a value (or one per direction), or null and a
   * state. Throws `unknown-trial` or `trial-ended` for a trial that is not under way.
   */
  tell(
    trial: { readonly number: number } | number,
    value: number | readonly number[] | null,
    options?: TellOptions,
  ): Promise<TrialRecord>;
  /**
   * Puts parameters (all or some, nested or by flat name) first in line for the next trial. While `optimize` runs with
   * several workers it depends on timing which number that is.
   */
  enqueue(params: Readonly<Record<string, unknown>>): Promise<void>;
  /** Keeps a JSON value with the study. */
  setUserAttr(name: string, value: Json): Promise<void>;
  readonly userAttrs: Readonly<Record<string, Json>>;
  /**
   * SHA-256 in hex over number, parameters, values, states and reports of every trial: equal
   * just where two studies are equal, in every runtime.
   */
  digest(): string;
}
