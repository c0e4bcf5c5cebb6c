import { expectNumber } from "../core/errors.ts";
import type { StoppingRule } from "./stopping-rule.ts";

/**
 * A budget of time: starts no trial later than `milliseconds` after `optimize` was called, for "timeout"; trials
 * under way are finished.
 */
export function timeout(milliseconds: number): StoppingRule {
  expectNumber("timeout", milliseconds, "a number of milliseconds > 0", (value) => value > 0);
  return { reasonToStop: ({ elapsed }) => (elapsed >= milliseconds ? "timeout" : null) };
}
