import type { ObjectiveWorkers } from "../study/in-workers.ts";

/** The workers that train a search's networks, or null where there are none; in a file of their own, as a search's. */
export function networkWorker(): ObjectiveWorkers | null {
  if (typeof Worker === "undefined") return null;
  return { start: () => new Worker(new URL("./web-network-worker.js", import.meta.url), { type: "module" }) };
}
