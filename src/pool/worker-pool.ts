import { expectInteger, expectNumber, show, VernierError } from "../core/errors.ts";
import { isObjectiveWorkers, type ObjectiveWorkers } from "../study/in-workers.ts";
import type { TrialRunner } from "../study/runner.ts";
import type { Core } from "../wasm/core.ts";
import { createAbortRelay } from "./abort-relay.ts";
import { aborted, createLane, type Lane } from "./lane.ts";
import type { Platform, WorkerThread, WorkerThreadOptions } from "./platform.ts";
import { startPoolWorker } from "./pool-worker.ts";

export interface WorkerPoolOptions {
  /** URL of the module whose default export is the objective (see `ObjectiveModule`), or what starts workers that have it. */
  readonly objective: URL | string | ObjectiveWorkers;
  /** Number of threads, from 1 to 1024; each is started when it is first needed. */
  readonly workers: number;
  /** Handed to the module's `setup` in every worker; anything that can be posted. */
  readonly workerData?: unknown;
  /** Milliseconds that a trial may take, not counting the start of its worker; null: any time. */
  readonly trialTimeout?: number | null;
  /** JavaScript heap of each worker in MiB; null: the runtime's own limit. */
  readonly memoryLimit?: number | null;
}

const poolClosed = "the worker pool was closed";
// Timers count milliseconds in 31 bits; a longer one would fire at once.
const longestTimeout = 2_147_483_647;

/**
 * Evaluates trials in worker threads. A trial whose worker dies, runs past `trialTimeout` or is aborted fails
 * alone ("WorkerDied", "TrialTimeout", "AbortError"); its thread is stopped, and another takes its place when
 * one is needed. `run` rejects with `worker-failed` when the module cannot be imported, has no objective or its
 * `setup` throws, and with `invalid-argument` when parameters or `workerData` cannot be posted.
 */
export function workerPool(platform: Platform, core: Core, options: WorkerPoolOptions): TrialRunner {
  const spawn = spawner(platform, options.objective);
  const workers = expectInteger("workers", options.workers, 1, 1024);
  const trialTimeout = options.trialTimeout ?? null;
  if (trialTimeout !== null) {
    const expected = `a number of milliseconds above 0 and up to ${longestTimeout}`;
    expectNumber("trialTimeout", trialTimeout, expected, (value) => value > 0 && value <= longestTimeout);
  }
  const memoryLimit = options.memoryLimit ?? null;
  if (memoryLimit !== null) expectInteger("memoryLimit", memoryLimit, 1);
  const objective = isObjectiveWorkers(options.objective) ? null : moduleUrl(options.objective);
  const init = { module: core.module, objective, workerData: options.workerData };

  const onAbort = createAbortRelay();
  const lanes = Array.from({ length: workers }, () =>
    createLane((onDeath) => startPoolWorker(spawn, init, memoryLimit, onDeath), trialTimeout, onAbort),
  );
  // The lane used last is taken first: its worker is warm, and no more are started than are needed.
  const free: Lane[] = lanes.toReversed();
  const waiting: ((lane: Lane) => void)[] = [];
  let closed = false;

  return {
    workers,
    async run(task, host, signal) {
      if (closed) throw new VernierError("worker-failed", '"run": expected an open worker pool, got a closed one');
      const lane = free.pop() ?? (await new Promise<Lane>((resolve) => waiting.push(resolve)));
      try {
        return closed ? aborted(poolClosed) : await lane.evaluate(task, host, signal);
      } finally {
        const next = waiting.shift();
        if (next === undefined) free.push(lane);
        else next(lane);
      }
    },
    async close() {
      closed = true;
      await Promise.all(lanes.map((lane) => lane.close(poolClosed)));
    },
  };
}

function spawner(platform: Platform, objective: unknown): (options: WorkerThreadOptions) => WorkerThread {
  const { spawnWorker, adoptWorker } = platform;
  if (spawnWorker === undefined || adoptWorker === undefined) {
    throw new VernierError("unsupported", `"workers": expected a runtime with worker threads, got ${platform.name}`);
  }
  if (!isObjectiveWorkers(objective)) return spawnWorker;
  return (options) => {
    const worker = objective.start();
    const thread = adoptWorker(worker, options);
    if (thread !== null) return thread;
    throw new VernierError(
      "invalid-argument",
      `"inWorkers": expected a function that starts a Worker, got ${show(worker)}`,
    );
  };
}

/** The URL of an objective's module; throws `invalid-argument` for anything else. */
export function moduleUrl(objective: unknown): string {
  try {
    return new URL(String(objective)).href;
  } catch {
    const expected = 'the URL of a module, such as new URL("./objective.js", import.meta.url)';
    throw new VernierError("invalid-argument", `"objective": expected ${expected}, got ${show(objective)}`);
  }
}
