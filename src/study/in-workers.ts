import { show, VernierError } from "../core/errors.ts";

/** Workers that bring their objective with them; see `inWorkers`. */
export interface ObjectiveWorkers {
  readonly start: () => unknown;
}

/**
 * An objective that lives in workers of your own, one each for as many as `optimize`'s `workers` says:
 * `inWorkers(() => new Worker(new URL("./objective-worker.ts", import.meta.url), { type: "module" }))`. Bundlers know
 * that form and bundle the worker's file with all it imports. The file calls `serveObjective` of `vernier/worker`.
 * `start` is called when a worker is needed, also in another's place; it returns a Worker of the web or of
 * node:worker_threads, which ends with the `optimize` call. Throws `invalid-argument` for anything but a function.
 */
export function inWorkers(start: () => unknown): ObjectiveWorkers {
  if (typeof start !== "function") {
    throw new VernierError("invalid-argument", `"start": expected a function that starts a Worker, got ${show(start)}`);
  }
  return { start };
}

/** Whether it is what `inWorkers` makes. */
export function isObjectiveWorkers(objective: unknown): objective is ObjectiveWorkers {
  return typeof (objective as Partial<ObjectiveWorkers> | null)?.start === "function";
}
