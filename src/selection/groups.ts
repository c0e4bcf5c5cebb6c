import { VernierError } from "../core/errors.ts";
import { encodeLabels, type LabelsLike } from "../core/labels.ts";

/** Samples that belong together, so that no group is on both sides of a fold. */
export interface Groups {
  /** How many groups. */
  readonly count: number;
  /**
   * The group of each of n samples, numbered in sorted order.
   * Throws `invalid-argument` when there are not as many groups as samples.
   */
  of(n: number): Int32Array;
}

/** Numbers the groups [n]; throws `invalid-data` for none, mixed types or a NaN. */
export function toGroups(groups: LabelsLike): Groups {
  const { classes, codes } = encodeLabels(groups, "groups");
  return {
    count: classes.length,
    of(n) {
      if (n === codes.length) return codes;
      throw new VernierError(
        "invalid-argument",
        `"groups": expected a group for each of the ${n} samples, got ${codes.length}`,
      );
    },
  };
}

/** Throws `invalid-argument` unless there is a group for each fold. */
export function expectGroups(count: number, splits: number): void {
  if (splits <= count) return;
  throw new VernierError("invalid-argument", `"splits": expected at most one fold a group, ${count}, got ${splits}`);
}
