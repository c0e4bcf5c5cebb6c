import { Worker } from "node:worker_threads";
import type { WorkerThread, WorkerThreadOptions } from "../pool/platform.ts";
import { nodeEndpoint } from "./node-endpoint.ts";
import { adoptWebWorker } from "./web-spawn.ts";

/** Starts a worker thread that runs node-worker. */
export function spawnNodeWorker(options: WorkerThreadOptions): WorkerThread {
  const { memoryLimit } = options;
  const worker = new Worker(new URL("./node-worker.js", import.meta.url), {
    // Inherited, this flag of `node --eval` would refuse a worker that is a file.
    execArgv: process.execArgv.some((flag) => flag.startsWith("--input-type")) ? [] : undefined,
    resourceLimits: memoryLimit === null ? {} : { maxOldGenerationSizeMb: memoryLimit },
  });
  return nodeThread(worker, options);
}

/** A worker that the user started: one of node:worker_threads, or in Deno and Bun one of the web. */
export function adoptNodeWorker(worker: unknown, options: WorkerThreadOptions): WorkerThread | null {
  if (worker instanceof Worker) return nodeThread(worker, options);
  return adoptWebWorker(worker, options);
}

function nodeThread(worker: Worker, { onEnd }: WorkerThreadOptions): WorkerThread {
  let reason: string | null = null;
  let uncaught: unknown = null;
  worker.on("error", (error: unknown) => {
    uncaught = error;
    reason = `died of ${error instanceof Error ? `${error.name}: ${error.message}` : `an uncaught ${String(error)}`}`;
  });
  worker.on("messageerror", (error) => {
    uncaught = error;
    reason = `sent what could not be read: ${error.message}`;
    void worker.terminate();
  });
  worker.on("exit", (code) => {
    // Its last messages may have been delivered in this very turn; what awaits them comes first.
    setImmediate(() => onEnd(reason ?? `exited with code ${code}`, uncaught));
  });
  return {
    endpoint: nodeEndpoint(worker),
    async terminate() {
      await worker.terminate();
    },
  };
}
