import { expectNumber } from "../../core/errors.ts";

/** The value as a number in [0, 1); throws "invalid-argument" naming it. */
export function expectShare(name: string, value: unknown): number {
  return expectNumber(name, value, "a number in [0, 1)", (share) => share >= 0 && share < 1);
}
