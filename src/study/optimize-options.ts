import type { TrialRecord } from "../core/trial.ts";
import type { StoppingRule } from "../stopping/stopping-rule.ts";

/** What `study.optimize` takes beside the objective. */
export interface OptimizeOptions {
  /** How many trials to evaluate in this call. */
  readonly trials?: number;
  /** How many trials the study shall have in all; a continued study does the rest. */
  readonly totalTrials?: number;
  /** Milliseconds after which no further trial is started. */
  readonly timeout?: number;
  /**
   * Milliseconds that one trial may take before it fails. Its signal is aborted then; in a worker it has a tenth of a
   * second to end by itself before the worker is stopped.
   */
  readonly trialTimeout?: number;
  /** Stops when the best value has not improved for this many finished trials. */
  readonly patience?: number;
  /** Stops once a value is at least this good. */
  readonly target?: number;
  /** Further rules, asked in this order after the three above; the first that stops names the reason. */
  readonly stop?: readonly StoppingRule[];
  /** Trials at a time; more than 1 needs an objective module's URL or `inWorkers`. Default 1. */
  readonly workers?: number;
  /** Posted once to each worker, to the `setup` of the objective's module or of `serveObjective`. */
  readonly workerData?: unknown;
  /**
   * "reproducible" (default when the study has a seed): trial k is asked, and judged by the pruner, knowing just the
   * trials up to k - lag as finished, so that timing cannot change the study; a worker waits until these have ended.
   * "eager": a trial is asked as soon as a worker is free and, as when it is judged, with all that is known by then: no
   * worker waits, and the study depends on which trial was faster.
   */
  readonly schedule?: "reproducible" | "eager";
  /**
   * See `schedule`; a whole number >= 1, default 1.5 times `workers`, rounded down. The study depends on it, and where it
   * is given no longer on the number of workers. A smaller one knows more, a larger one waits less: `workers` where all
   * trials take the same time, 3 times as many where some take many times as long as others.
   */
  readonly lag?: number;
  /** Whether a failed trial ends the study; default "fail": only that trial fails. */
  readonly onError?: "fail" | "stop";
  readonly signal?: AbortSignal;
  /** Called with each trial's record when it has ended. */
  readonly onTrial?: (trial: TrialRecord) => void;
}
