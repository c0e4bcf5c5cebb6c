import { expectInteger, VernierError } from "../core/errors.ts";
import type { LabelsLike } from "../core/labels.ts";
import { type Fold, foldWhere, type Splitter } from "./fold.ts";
import { type Groups, toGroups } from "./groups.ts";

// Row numbers that all folds of one split may hold together: 1 GiB.
const MOST_ROWS = 268_435_456;

/** As many folds as samples, each testing one. Throws `invalid-argument` for a single sample or too many. */
export function leaveOneOut(): Splitter {
  return { name: "leaveOneOut", split: (y) => leaveOut(y.length, 1, y.length, "samples", (row) => row) };
}

/**
 * A fold for every p of the samples, in lexicographic order.
 * Throws `invalid-argument` for p < 1, no sample left to train on, or more than 2^28 rows over all folds.
 */
export function leavePOut(options: { readonly p: number }): Splitter {
  const p = expectInteger("p", options.p, 1);
  return { name: "leavePOut", split: (y) => leaveOut(y.length, p, y.length, "samples", (row) => row) };
}

export interface LeaveOneGroupOutOptions {
  /** The group of each sample [n]: numbers, strings or booleans. */
  readonly groups: LabelsLike;
}

/**
 * As many folds as groups, in sorted order, each testing one group.
 * Throws `invalid-argument` for a single group or other than a group a sample.
 */
export function leaveOneGroupOut(options: LeaveOneGroupOutOptions): Splitter {
  return leaveGroupsOut("leaveOneGroupOut", toGroups(options.groups), 1);
}

/**
 * A fold for every p of the groups, in lexicographic order.
 * Throws `invalid-argument` for p < 1, no group left to train on, other than a group a sample, or more than 2^28 rows
 * over all folds.
 */
export function leavePGroupsOut(options: LeaveOneGroupOutOptions & { readonly p: number }): Splitter {
  return leaveGroupsOut("leavePGroupsOut", toGroups(options.groups), expectInteger("p", options.p, 1));
}

function leaveGroupsOut(name: string, groups: Groups, p: number): Splitter {
  return {
    name,
    split(y) {
      const codes = groups.of(y.length);
      return leaveOut(y.length, p, groups.count, "groups", (row) => codes[row] as number);
    },
  };
}

// A fold of n rows for every p of the parts, whose number `partOf` tells.
function leaveOut(
  n: number,
  p: number,
  parts: number,
  what: "samples" | "groups",
  partOf: (row: number) => number,
): Fold[] {
  const name = what === "samples" ? "y" : "groups";
  if (p >= parts) {
    throw new VernierError("invalid-argument", `"${name}": expected at least ${p + 1} ${what}, got ${parts}`);
  }
  const count = combinationCount(parts, p);
  if (count * n > MOST_ROWS) {
    const message = `"${name}": expected at most ${MOST_ROWS} rows over all folds, got ${count} folds of ${n}`;
    throw new VernierError("invalid-argument", message);
  }
  const folds: Fold[] = [];
  const chosen = Array.from({ length: p }, (_, i) => i);
  for (;;) {
    const out = new Set(chosen);
    folds.push(foldWhere(n, (row) => (out.has(partOf(row)) ? "test" : "train")));
    let last = p - 1;
    while (last >= 0 && chosen[last] === parts - p + last) last--;
    if (last < 0) return folds;
    chosen[last]! += 1;
    for (let i = last + 1; i < p; i++) chosen[i] = (chosen[i - 1] as number) + 1;
  }
}

// n over p, rounded where it is above 2^53.
function combinationCount(n: number, p: number): number {
  let count = 1;
  for (let i = 1; i <= Math.min(p, n - p); i++) count = (count * (n - i + 1)) / i;
  return count;
}
