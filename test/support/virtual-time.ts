import type { Clock } from "../../src/study/clock.ts";

/** A study's clock while its trials run in virtual time: it never needs a pause in real time. */
export const stoppedClock: Clock = {
  now: () => 0,
  timestamp: () => "2026-01-01T00:00:00.000Z",
  nextTurn: async () => {},
};

/** Time that passes only when nobody has anything left to do: hours of a study in a moment, in the same order each time. */
export interface VirtualTime {
  now(): number;
  /** Resolves `duration` later; those that wake at one moment do so in the order in which they went to sleep. */
  sleep(duration: number): Promise<void>;
  /** Lets time pass until `work` has settled. Throws when it waits for something that time does not bring. */
  pass<T>(work: Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export function virtualTime(): VirtualTime {
  let now = 0;
  const sleepers: Sleeper[] = [];

  return {
    now: () => now,
    sleep: (duration) => {
      const at = now + duration;
      return new Promise((wake) => {
        let place = sleepers.length;
        while (place > 0 && (sleepers[place - 1] as Sleeper).at > at) place--;
        sleepers.splice(place, 0, { at, wake });
      });
    },
    async pass(work) {
      let settled = false;
      const done = (): void => void (settled = true);
      work.then(done, done);
      for (;;) {
        // After a macrotask no promise is left that could go on by itself.
        await new Promise((resolve) => setImmediate(resolve));
        if (settled) return work;
        const next = sleepers.shift();
        if (next === undefined)
          throw new Error("virtual time: expected somebody asleep, got work that waits for nothing");
        now = next.at;
        next.wake();
      }
    },
  };
}
