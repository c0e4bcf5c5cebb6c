import { show, VernierError } from "../core/errors.ts";

/** What stands for the score of a fold that fails, checked: a finite number, "raise", or undefined where none is given. */
export function toErrorScore(errorScore: unknown): number | "raise" | undefined {
  if (errorScore === undefined || errorScore === "raise" || Number.isFinite(errorScore)) {
    return errorScore as number | "raise" | undefined;
  }
  throw new VernierError(
    "invalid-argument",
    `"errorScore": expected a finite number or "raise", got ${show(errorScore)}`,
  );
}
