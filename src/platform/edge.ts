import type { Platform } from "../pool/platform.ts";
import { portableClock } from "./portable-clock.ts";

/** Any runtime that is none of the others: one thread, no files. */
export const platform: Platform = { name: "edge", clock: portableClock, sharesMemory: false };
