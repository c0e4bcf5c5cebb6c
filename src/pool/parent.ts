import type { Clock } from "../study/clock.ts";
import type { MessageEndpoint } from "./endpoint.ts";

/** The thread that started a worker, as the worker sees it; `platform/` has one for each kind of worker. */
export interface Parent {
  readonly endpoint: MessageEndpoint;
  readonly clock: Clock;
  /** Resolves when the parent would notice this thread's end. */
  readonly watched: Promise<void>;
  /** Calls back with an error that nothing caught, where the parent does not learn of it from the runtime. */
  readonly onUncaught: (listener: (error: unknown) => void) => void;
  /** Calls back when this thread ends of its own accord, where the runtime allows for it. */
  readonly onExit: (listener: () => void) => void;
}
