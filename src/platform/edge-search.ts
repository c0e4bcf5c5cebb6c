import type { ObjectiveWorkers } from "../study/in-workers.ts";

/** What evaluates a search's candidates in workers; null where there are none. */
export function searchWorker(): URL | ObjectiveWorkers | null {
  return null;
}
