import { VernierError } from "./errors.ts";
import type { Direction } from "./trial.ts";

/** Throws `unsupported` unless there is one objective, all that `of` (a sampler, a pruner) can deal with. */
export function expectOneObjective(of: string, directions: readonly Direction[]): void {
  if (directions.length === 1) return;
  const got = `${directions.length} (${directions.join(", ")})`;
  throw new VernierError("unsupported", `"directions": expected one objective for ${of}(), got ${got}`);
}
