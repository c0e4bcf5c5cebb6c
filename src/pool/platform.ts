import type { Clock } from "../study/clock.ts";

/** What the library needs of a runtime and cannot say portably; `platform/` has one for each. */
export interface Platform {
  readonly name: string;
  readonly clock: Clock;
}
