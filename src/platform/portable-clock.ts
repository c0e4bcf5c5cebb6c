import type { Clock } from "../study/clock.ts";

/** The clocks that every runtime has. */
export const portableClock: Clock = {
  now: () => performance.now(),
  timestamp: () => new Date().toISOString(),
  nextTurn: () => new Promise((resolve) => void setTimeout(resolve, 0)),
};
