import type { Clock } from "../study/clock.ts";

/** What measures how long a fit takes. */
export type Stopwatch = Pick<Clock, "now">;

/** The stopwatch that every runtime has; runtimes that freeze it while code runs show no time. */
export const stopwatch: Stopwatch = { now: () => performance.now() };
