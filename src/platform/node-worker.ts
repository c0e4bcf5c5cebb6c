// What a worker thread of the pool runs.
import { importObjective } from "../pool/import-objective.ts";
import { serveWorker } from "../pool/worker.ts";
import { coreInstance } from "../wasm/default-core.ts";
import { openParent } from "./node-parent.ts";

const parent = openParent();
if (parent === null) throw new Error("node-worker: expected to run as a worker thread");
serveWorker(parent, coreInstance, ({ objective, workerData }) => importObjective(objective as string, workerData));
