// What a worker thread of the pool runs.
import { parentPort } from "node:worker_threads";
import { serveWorker } from "../pool/worker.ts";
import { nodeClock } from "./node-clock.ts";
import { nodeEndpoint } from "./node-endpoint.ts";

if (parentPort === null) throw new Error("node-worker: expected to run as a worker thread");
process.on("exit", serveWorker(nodeEndpoint(parentPort), nodeClock));
