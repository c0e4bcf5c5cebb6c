import { parentPort } from "node:worker_threads";
import type { Parent } from "../pool/parent.ts";
import { nodeClock } from "./node-clock.ts";
import { nodeEndpoint } from "./node-endpoint.ts";
import { openParent as openWebParent } from "./web-parent.ts";

/** The thread that started this worker, one of node:worker_threads or of the web; null in a thread that is none. */
export function openParent(): Parent | null {
  if (parentPort === null) return openWebParent();
  return {
    endpoint: nodeEndpoint(parentPort),
    clock: nodeClock,
    watched: Promise.resolve(),
    onUncaught(listener) {
      // Node tells the other side itself; Deno and Bun forget the class's name on the way.
      if (process.versions["deno"] === undefined && process.versions["bun"] === undefined) return;
      process.on("uncaughtException", listener);
      process.on("unhandledRejection", listener);
    },
    onExit: (listener) => void process.on("exit", listener),
  };
}
