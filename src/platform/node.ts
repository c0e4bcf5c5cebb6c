import type { Platform } from "../pool/platform.ts";
import { nodeClock } from "./node-clock.ts";
import { adoptNodeWorker, spawnNodeWorker } from "./node-spawn.ts";
import { spawnWebWorker } from "./web-spawn.ts";

// Bun starts workers of the web in half the time of worker threads. Deno lets one that loops run on after its end.
const spawnWorker = process.versions["bun"] === undefined ? spawnNodeWorker : spawnWebWorker;

/** Node, and the runtimes that carry its modules (Deno, Bun): threads and files. */
export const platform: Platform = {
  name: "node",
  clock: nodeClock,
  sharesMemory: true,
  spawnWorker,
  adoptWorker: adoptNodeWorker,
};
