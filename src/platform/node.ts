import type { Platform } from "../pool/platform.ts";

/** Node, and the runtimes that carry its modules (Deno, Bun): worker threads and files. */
export const platform: Platform = {
  name: "node",
  clock: { now: () => performance.now(), timestamp: () => new Date().toISOString() },
};
