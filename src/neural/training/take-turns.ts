import { tensorflowPlatform } from "#tensorflow-platform";

// Milliseconds.
const PATIENCE = 50;

/**
 * To be awaited between pieces of work that keep their thread: now and then it lets timers, messages and aborts have their
 * turn.
 */
export function takeTurns(): () => Promise<void> {
  let turnedAt = performance.now();
  return async () => {
    if (performance.now() - turnedAt <= PATIENCE) return;
    await tensorflowPlatform.nextTurn();
    turnedAt = performance.now();
  };
}
