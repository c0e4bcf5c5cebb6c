import type { Clock } from "../study/clock.ts";
import type { MessageEndpoint } from "./endpoint.ts";

/** A worker thread that serves `serveWorker`, seen from the thread that started it. */
export interface WorkerThread {
  readonly endpoint: MessageEndpoint;
  /** Stops the thread at once, whatever it is doing; resolves when it is gone. */
  terminate(): Promise<void>;
}

export interface WorkerThreadOptions {
  /** JavaScript heap of the thread in MiB; past it the thread is stopped, where the runtime can. Null: its own limit. */
  readonly memoryLimit: number | null;
  /**
   * Called once, when the thread has ended in whatever way and every message that it sent has been delivered.
   * `reason` completes the sentence "the worker ..."; `error` is what it did not catch, if that was its end.
   */
  readonly onEnd: (reason: string, error: unknown) => void;
}

/** What the library needs of a runtime and cannot say portably; `platform/` has one for each. */
export interface Platform {
  readonly name: string;
  readonly clock: Clock;
  /** Whether a SharedArrayBuffer can be posted to its workers. */
  readonly sharesMemory: boolean;
  /** Starts a worker thread that imports objectives; absent where the runtime has none. */
  readonly spawnWorker?: (options: WorkerThreadOptions) => WorkerThread;
  /** Takes over a worker that the user started; null when it is none of this runtime. */
  readonly adoptWorker?: (worker: unknown, options: WorkerThreadOptions) => WorkerThread | null;
}
