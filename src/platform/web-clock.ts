import type { Clock } from "../study/clock.ts";
import { portableClock } from "./portable-clock.ts";

/** The clocks of browsers, where a tab in the background is given its timers once a second at most, but all its messages. */
export const webClock: Clock = {
  ...portableClock,
  nextTurn: () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => {
        port1.close();
        resolve();
      });
      port1.start();
      port2.postMessage(null);
    }),
};
