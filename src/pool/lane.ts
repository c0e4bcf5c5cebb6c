import type { TrialFailure } from "../core/trial.ts";
import { timeoutFailure } from "../study/inline-runner.ts";
import type { TrialHost, TrialOutcome, TrialTask } from "../study/runner.ts";
import { createAbortRelay, type OnAbort } from "./abort-relay.ts";
import type { PoolWorker } from "./pool-worker.ts";
import { reviveError } from "./protocol.ts";

/** A place for one worker at a time, started when a trial needs it and replaced after it was lost. */
export interface Lane {
  /** Evaluates one trial; one at a time. Rejects when no worker can evaluate it. */
  evaluate(task: TrialTask, host: TrialHost, signal: AbortSignal | undefined): Promise<TrialOutcome>;
  /** Gives up the trial that runs, if there is one, and stops the worker; resolves when all its threads are gone. */
  close(reason: string): Promise<void>;
}

/** `start` makes a worker and tells `onDeath` when it dies. */
export function createLane(
  start: (onDeath: (failure: TrialFailure) => void) => PoolWorker,
  trialTimeout: number | null,
  onAbort: OnAbort = createAbortRelay(),
): Lane {
  let worker: PoolWorker | null = null;
  // Gives up the trial that runs.
  let giveUp: ((failure: TrialFailure) => void) | null = null;
  const terminations = new Set<Promise<void>>();

  function takeWorker(): PoolWorker {
    if (worker !== null) return worker;
    const started = start((failure) => {
      if (worker !== started) return;
      worker = null;
      giveUp?.(failure);
    });
    worker = started;
    return started;
  }

  function stopWorker(): void {
    if (worker === null) return;
    const termination = worker.terminate().finally(() => terminations.delete(termination));
    terminations.add(termination);
    worker = null;
  }

  return {
    evaluate: (task, host, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return resolve(aborted(signal.reason));
        const taken = takeWorker();
        let timer: ReturnType<typeof setTimeout> | undefined;
        let stopListening = (): void => {};
        // The first end counts; a worker's answer that crosses with a time-out or an abort is ignored.
        const isRunning = (): boolean => giveUp === stop;
        function end(settle: () => unknown): void {
          if (!isRunning()) return;
          giveUp = null;
          clearTimeout(timer);
          stopListening();
          settle();
        }
        const stop = (failure: TrialFailure): void =>
          end(() => {
            stopWorker();
            resolve({ state: "fail", failure });
          });
        const refuse = (error: unknown): void =>
          end(() => {
            stopWorker();
            reject(error);
          });
        // Asks the worker to end the trial by itself, once it runs.
        const cancel = (failure: TrialFailure, reason: unknown): void => {
          if (!runs) return stop(failure);
          end(async () => {
            if (!(await taken.cancel(reason))) stopWorker();
            resolve({ state: "fail", failure });
          });
        };
        const abort = (): void => cancel(abortFailure(signal?.reason), signal?.reason);
        let runs = false;
        giveUp = stop;
        if (signal !== undefined) stopListening = onAbort(signal, abort);

        taken.ready.then(() => {
          if (!isRunning()) return;
          if (trialTimeout !== null) {
            const failure = timeoutFailure(trialTimeout);
            timer = setTimeout(() => cancel(failure, reviveError(failure)), trialTimeout);
          }
          runs = true;
          taken.run(task, host).then((outcome) => end(() => resolve(outcome)), refuse);
        }, refuse);
      }),
    async close(reason) {
      giveUp?.(abortFailure(reason));
      stopWorker();
      await Promise.all(terminations);
    },
  };
}

/** The outcome of a trial that was given up, before or while it ran. */
export function aborted(reason: unknown): TrialOutcome {
  return { state: "fail", failure: abortFailure(reason) };
}

function abortFailure(reason: unknown): TrialFailure {
  const why = reason instanceof Error ? reason.message : String(reason);
  return { name: "AbortError", message: `the trial was given up: ${why}`, stack: null };
}
