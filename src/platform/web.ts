import type { Platform } from "../pool/platform.ts";
import { platform as edge } from "./edge.ts";
import { adoptWebWorker, spawnWebWorker } from "./web-spawn.ts";

/** Browsers, and workers in them that may start others; where there are no workers, one thread. */
export const platform: Platform =
  typeof Worker === "undefined"
    ? edge
    : { name: "web", clock: edge.clock, spawnWorker: spawnWebWorker, adoptWorker: adoptWebWorker };
