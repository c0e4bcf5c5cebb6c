/** Time, injected by the runtime's platform; nothing that reaches a trial's parameters may depend on it. */
export interface Clock {
  /** Milliseconds from an arbitrary origin, never going back. */
  now(): number;
  /** The present moment as ISO 8601 in UTC. */
  timestamp(): string;
  /** Resolves in a later turn of the event loop, so that timers and messages that are due come first. */
  nextTurn(): Promise<void>;
}
