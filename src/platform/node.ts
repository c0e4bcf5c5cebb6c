import type { Platform } from "../pool/platform.ts";
import { nodeClock } from "./node-clock.ts";
import { adoptNodeWorker, spawnNodeWorker } from "./node-spawn.ts";

/** Node, and the runtimes that carry its modules (Deno, Bun): worker threads and files. */
export const platform: Platform = {
  name: "node",
  clock: nodeClock,
  sharesMemory: true,
  spawnWorker: spawnNodeWorker,
  adoptWorker: adoptNodeWorker,
};
