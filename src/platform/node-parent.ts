import { parentPort } from "node:worker_threads";
import type { Parent } from "../pool/parent.ts";
import { nodeClock } from "./node-clock.ts";
import { nodeEndpoint } from "./node-endpoint.ts";

/** The thread that started this worker thread; null in a thread that is none. */
export function openParent(): Parent | null {
  if (parentPort === null) return null;
  return {
    endpoint: nodeEndpoint(parentPort),
    clock: nodeClock,
    watched: Promise.resolve(),
    // The runtime tells the other side itself.
    onUncaught: () => {},
    onExit: (listener) => void process.on("exit", listener),
  };
}
