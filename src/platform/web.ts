import type { Platform } from "../pool/platform.ts";
import { platform as edge } from "./edge.ts";
import { webClock } from "./web-clock.ts";
import { adoptWebWorker, spawnWebWorker } from "./web-spawn.ts";

// Pages have it once they are isolated from other origins; see crossOriginIsolated.
const sharesMemory = typeof SharedArrayBuffer !== "undefined" && globalThis.crossOriginIsolated !== false;

/** Browsers, and workers in them that may start others; where there are no workers, one thread. */
export const platform: Platform =
  typeof Worker === "undefined"
    ? edge
    : { name: "web", clock: webClock, sharesMemory, spawnWorker: spawnWebWorker, adoptWorker: adoptWebWorker };
