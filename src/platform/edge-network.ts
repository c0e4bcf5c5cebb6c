import type { ObjectiveWorkers } from "../study/in-workers.ts";

/** What trains a search's networks in workers; null where there are none. */
export function networkWorker(): URL | ObjectiveWorkers | null {
  return null;
}
