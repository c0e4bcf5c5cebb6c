import type { ObjectiveWorkers } from "../study/in-workers.ts";

/**
 * The workers that evaluate a search's candidates, or null where there are none. A file of their own, as bundlers would
 * not look into a module that is known by its URL alone, and import maps do not reach into workers.
 */
export const searchWorker: ObjectiveWorkers | null =
  typeof Worker === "undefined"
    ? null
    : { start: () => new Worker(new URL("../search-worker.js", import.meta.url), { type: "module" }) };
