// What a worker of the pool runs in browsers. The build makes one file of it that imports nothing: import maps do not
// reach into workers, so that no bare name could be resolved there.
import { importObjective } from "../pool/import-objective.ts";
import { serveWorker } from "../pool/worker.ts";
import { instantiateCore } from "../wasm/core.ts";
import { defaultInstance } from "../wasm/default-instance.ts";
import { openParent } from "./web-parent.ts";

const parent = openParent();
if (parent === null) throw new Error("web-worker: expected to run as a worker");
// The parent sends its module before the first trial.
const core = defaultInstance(instantiateCore, () => new Uint8Array());
serveWorker(parent, core, ({ objective, workerData }) => importObjective(objective as string, workerData));
