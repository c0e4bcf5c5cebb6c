import type { Platform } from "../pool/platform.ts";
import { adoptNodeWorker } from "./node-spawn.ts";
import { platform as web } from "./web.ts";

/**
 * Bun: workers of the web, which start there in half the time of those of node:worker_threads; these serve where the user
 * starts them. Not for Deno, which lets a worker of the web that loops without end run on after its end.
 */
export const platform: Platform = { ...web, adoptWorker: adoptNodeWorker };
