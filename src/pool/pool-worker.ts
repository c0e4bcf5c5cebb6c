import { expose, wrap } from "comlink";
import { show, VernierError } from "../core/errors.ts";
import type { TrialFailure } from "../core/trial.ts";
import { failureOf } from "../study/evaluate.ts";
import type { TrialHost, TrialOutcome, TrialTask } from "../study/runner.ts";
import type { Platform } from "./platform.ts";
import { deliver, type HostApi, type RunResult, type StartFailure, type WorkerInit, type Word } from "./protocol.ts";
import { findUnclonable } from "./unclonable.ts";

/** One worker thread of a pool, which has imported the objective or is about to. */
export interface PoolWorker {
  /** Rejects with `worker-failed` when the objective cannot be imported or set up. */
  readonly ready: Promise<void>;
  /**
   * Evaluates one trial; one at a time, once `ready`. Rejects with `invalid-argument` when the parameters
   * cannot be posted. Never settles when the worker ends meanwhile: `onDeath` tells.
   */
  run(task: TrialTask, host: TrialHost): Promise<TrialOutcome>;
  /** Stops the thread; nothing that it still says is heard. */
  terminate(): Promise<void>;
}

// Comlink's proxy for `WorkerApi`.
interface RemoteWorker {
  start(init: WorkerInit): Promise<StartFailure | null>;
  run(task: TrialTask): Promise<RunResult>;
}

/** Starts a worker; `onDeath` is told when it ends after it was ready, with the failure of the trial it had. */
export function startPoolWorker(
  spawn: NonNullable<Platform["spawnWorker"]>,
  init: WorkerInit,
  memoryLimit: number | null,
  onDeath: (failure: TrialFailure) => void,
): PoolWorker {
  let current: TrialHost | null = null;
  let hostFailure: TrialFailure | null = null;
  let started = false;
  let refuse: (error: VernierError) => void = () => {};

  const thread = spawn({
    memoryLimit,
    onEnd(reason, error) {
      current = null;
      const stack = error === null ? null : failureOf(error).stack;
      if (started) onDeath({ name: "WorkerDied", message: `the worker ${reason} while the trial ran`, stack });
      else refuse(workerFailed(`${init.objective} to be imported`, `a worker that ${reason}`, error));
    },
  });

  // A host that throws (a full disk, a parameter suggested with two ranges) fails the trial, as it does where
  // the objective runs in the host's own thread.
  function hear(words: readonly Word[]): void {
    if (current === null || hostFailure !== null) return;
    try {
      deliver(words, current);
    } catch (error) {
      hostFailure = failureOf(error);
      throw error;
    }
  }
  const hostApi: HostApi = {
    hear,
    shouldPrune(words) {
      hear(words);
      return current === null || current.shouldPrune();
    },
  };
  expose(hostApi, thread.endpoint as never);
  const remote = wrap(thread.endpoint as never) as unknown as RemoteWorker;

  async function start(): Promise<void> {
    let failure: StartFailure | null;
    try {
      failure = await remote.start(init);
    } catch (error) {
      refuseUnclonable("workerData", init.workerData, error);
      throw workerFailed("a worker that starts", String(error), error);
    }
    if (failure !== null) throw workerFailed(failure.expected, failure.got, revive(failure.failure));
    started = true;
  }

  return {
    ready: Promise.race([start(), new Promise<never>((_, reject) => (refuse = reject))]),
    async run(task, host) {
      current = host;
      hostFailure = null;
      try {
        const { outcome, words } = await remote.run(task);
        hear(words);
        return hostFailure === null ? outcome : { state: "fail", failure: hostFailure };
      } catch (error) {
        refuseUnclonable("", task.params, error);
        return { state: "fail", failure: hostFailure ?? failureOf(error) };
      } finally {
        current = null;
      }
    },
    terminate() {
      current = null;
      return thread.terminate();
    },
  };
}

function workerFailed(expected: string, got: string, cause: unknown): VernierError {
  return new VernierError("worker-failed", `"objective": expected ${expected}, got ${got}`, { cause });
}

// Errors cross as plain data, because a clone would lose the name of the class.
function revive(failure: TrialFailure | null): Error | null {
  return failure && Object.assign(new Error(failure.message), failure);
}

// Posting `value` failed with `cause`: says which part of it cannot be posted, if there is one.
function refuseUnclonable(name: string, value: unknown, cause: unknown): void {
  const part = findUnclonable(name, value);
  if (part === null) return;
  const message = `"${part.path}": expected a value that can be posted to a worker, got ${show(part.value)}`;
  throw new VernierError("invalid-argument", message, { cause });
}
