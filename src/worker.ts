// vernier/worker: composition only.
import { openParent } from "#parent";
import { VernierError } from "./core/errors.ts";
import { setUp } from "./pool/import-objective.ts";
import { serveWorker } from "./pool/worker.ts";
import type { Objective } from "./study/objective.ts";
import { coreInstance } from "./wasm/default-core.ts";

export type { Objective, ObjectiveValue } from "./study/objective.ts";
export type { LiveTrial } from "./study/live-trial.ts";

let serves = false;

/**
 * Evaluates a study's trials in this worker, which `inWorkers` started: to be called once, while the worker's file is
 * first run. `setup` is called before the first trial with `optimize`'s `workerData`. Throws `unsupported` in a thread
 * that is no worker, and where it was called before.
 */
export function serveObjective<P, D = unknown>(
  objective: Objective<P>,
  setup?: (workerData: D) => void | Promise<void>,
): void {
  const parent = serves ? null : openParent();
  if (parent === null) {
    const got = serves ? "a second call" : "a thread that is no worker";
    throw new VernierError("unsupported", `"serveObjective": expected one call in a worker, got ${got}`);
  }
  serves = true;
  serveWorker(parent, coreInstance, ({ workerData }) =>
    setUp(objective as Objective<never>, setup as ((data: unknown) => void) | undefined, '"setup"', workerData),
  );
}
