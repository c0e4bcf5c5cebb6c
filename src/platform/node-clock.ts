import type { Platform } from "../pool/platform.ts";

/** Node's monotonic and wall clocks. */
export const nodeClock: Platform["clock"] = {
  now: () => performance.now(),
  timestamp: () => new Date().toISOString(),
};
