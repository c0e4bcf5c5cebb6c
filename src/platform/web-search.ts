import type { ObjectiveWorkers } from "../study/in-workers.ts";

/**
 * The workers that evaluate a search's candidates, or null where there are none. They have a file of their own: bundlers
 * would not look into a module that is known by its URL alone.
 */
export function searchWorker(): ObjectiveWorkers | null {
  if (typeof Worker === "undefined") return null;
  return { start: () => new Worker(new URL("./web-search-worker.js", import.meta.url), { type: "module" }) };
}
