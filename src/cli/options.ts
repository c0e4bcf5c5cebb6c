import { availableParallelism } from "node:os";
import { expectInteger, VernierError } from "../core/errors.ts";

/** Trials that are asked without knowing the latest results: with it fixed, digests do not depend on the workers. */
export const defaultLag = 4;

/** One worker thread a core, as far as the default lag keeps them busy. */
export const defaultWorkers: number = Math.min(availableParallelism(), defaultLag);

/** The whole number that an option's text says; throws `invalid-argument` for other text and numbers out of range. */
export function wholeNumber(name: string, text: string, low: number, high?: number): number {
  if (/^\d+$/.test(text)) return expectInteger(name, Number(text), low, high);
  throw new VernierError("invalid-argument", `${name}: expected a whole number >= ${low}, got ${JSON.stringify(text)}`);
}
