import type { WorkerThread, WorkerThreadOptions } from "../pool/platform.ts";
import { webThread } from "./web-thread.ts";

/**
 * Starts a worker that runs web-worker. Bundlers know this form of the call, and make of that file a file of theirs.
 * A worker's memory cannot be limited here.
 */
export function spawnWebWorker(options: WorkerThreadOptions): WorkerThread {
  return webThread(new Worker(new URL("./web-worker.js", import.meta.url), { type: "module" }), options);
}

/** A worker that the user started. */
export function adoptWebWorker(worker: unknown, options: WorkerThreadOptions): WorkerThread | null {
  return typeof Worker !== "undefined" && worker instanceof Worker ? webThread(worker, options) : null;
}
