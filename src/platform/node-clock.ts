import type { Platform } from "../pool/platform.ts";

// A text takes longer to make than a random trial to draw, and many trials fall into one millisecond.
let last = { moment: Number.NaN, text: "" };

/** Node's monotonic and wall clocks. */
export const nodeClock: Platform["clock"] = {
  now: () => performance.now(),
  timestamp() {
    const moment = Date.now();
    if (moment !== last.moment) last = { moment, text: new Date(moment).toISOString() };
    return last.text;
  },
  nextTurn: () => new Promise((resolve) => void setImmediate(resolve)),
};
