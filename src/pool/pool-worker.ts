import { expose, transfer, wrap } from "comlink";
import type { VernierError } from "../core/errors.ts";
import type { TrialFailure } from "../core/trial.ts";
import { failureOf } from "../study/evaluate.ts";
import type { TrialHost, TrialOutcome, TrialTask } from "../study/runner.ts";
import type { Platform } from "./platform.ts";
import {
  deliver,
  type HostApi,
  type Reason,
  reasonOf,
  reviveError,
  type RunResult,
  type StartFailure,
  type WorkerInit,
  type Word,
} from "./protocol.ts";
import { refuseUnclonable } from "./unclonable.ts";
import { startFailed, workerFailed } from "./worker-failed.ts";

/** One worker thread of a pool, which has imported the objective or is about to. */
export interface PoolWorker {
  /** Rejects with `worker-failed` when the objective cannot be imported or set up. */
  readonly ready: Promise<void>;
  /**
   * Evaluates one trial; one at a time, once `ready`. Rejects with `invalid-argument` when the parameters
   * cannot be posted. Never settles when the worker ends meanwhile: `onDeath` tells.
   */
  run(task: TrialTask, host: TrialHost): Promise<TrialOutcome>;
  /**
   * Aborts the signal of the trial that runs, nothing of which is heard any more. Resolves with whether the trial has
   * ended: false when it did not soon enough, or the worker is too busy to listen.
   */
  cancel(reason: unknown): Promise<boolean>;
  /** Stops the thread; nothing that it still says is heard. */
  terminate(): Promise<void>;
}

/** How long a worker has to confirm that it was told to stop, and then to end its trial, in milliseconds. */
const patience = { hears: 50, ends: 100 };

// Comlink's proxy for `WorkerApi`.
interface RemoteWorker {
  start(init: WorkerInit): Promise<StartFailure | null>;
  run(task: TrialTask): Promise<RunResult>;
  abort(reason: Reason): Promise<unknown>;
}

/** Starts a worker; `onDeath` is told when it ends after it was ready, with the failure of the trial it had. */
export function startPoolWorker(
  spawn: NonNullable<Platform["spawnWorker"]>,
  init: WorkerInit,
  memoryLimit: number | null,
  onDeath: (failure: TrialFailure) => void,
): PoolWorker {
  let current: TrialHost | null = null;
  // Outlast the trial's other words: one that is told to stop may keep what it came to.
  let checkpoints: TrialHost["checkpoints"] | null = null;
  let hostFailure: TrialFailure | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let started = false;
  let ended = false;
  let refuse: (error: VernierError) => void = () => {};

  function onEnd(reason: string, error: unknown): void {
    if (ended) return;
    ended = true;
    current = null;
    const stack = error === null ? null : failureOf(error).stack;
    if (started) onDeath({ name: "WorkerDied", message: `the worker ${reason} while the trial ran`, stack });
    else refuse(workerFailed(toBeServed(init), `a worker that ${reason}`, error));
  }
  const thread = spawn({ memoryLimit, onEnd });

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
    checkpoints: {
      async get(name) {
        const found = (await checkpoints?.get(name)) ?? null;
        if (found === null) return null;
        // A store may break its word and give what it keeps: that must not leave with the message.
        const bytes = new Uint8Array(found);
        return transfer(bytes, [bytes.buffer]);
      },
      set: async (name, bytes) => checkpoints?.set(name, bytes),
      delete: async (name) => checkpoints?.delete(name),
    },
    died(failure) {
      void thread.terminate();
      onEnd(`died of ${failure.name}: ${failure.message}`, reviveError(failure));
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
    if (failure !== null) throw startFailed(failure);
    started = true;
  }

  return {
    ready: Promise.race([start(), new Promise<never>((_, reject) => (refuse = reject))]),
    async run(task, host) {
      current = host;
      checkpoints = host.checkpoints;
      hostFailure = null;
      try {
        const result = remote.run(task);
        running = result;
        const { outcome, words } = await result;
        hear(words);
        return hostFailure === null ? outcome : { state: "fail", failure: hostFailure };
      } catch (error) {
        refuseUnclonable("", task.params, error);
        return { state: "fail", failure: hostFailure ?? failureOf(error) };
      } finally {
        current = null;
      }
    },
    async cancel(reason) {
      current = null;
      return (await within(patience.hears, remote.abort(reasonOf(reason)))) && (await within(patience.ends, running));
    },
    terminate() {
      current = null;
      ended = true;
      return thread.terminate();
    },
  };
}

function toBeServed({ objective }: WorkerInit): string {
  return objective === null ? "a worker that serves it" : `${objective} to be imported`;
}

/** Whether the promise is fulfilled within so many milliseconds. */
function within(milliseconds: number, promise: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    const settle = (fulfilled: boolean): void => {
      clearTimeout(timer);
      resolve(fulfilled);
    };
    promise.then(
      () => settle(true),
      () => settle(false),
    );
  });
}
