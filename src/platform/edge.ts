import type { Platform } from "../pool/platform.ts";

/** Any runtime that is none of the others: one thread, no files. */
export const platform: Platform = {
  name: "edge",
  clock: { now: () => performance.now(), timestamp: () => new Date().toISOString() },
};
