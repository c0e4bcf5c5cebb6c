import { show, VernierError } from "../core/errors.ts";
import type { RandomKey } from "../core/key.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import { defaultCore } from "../wasm/default-core.ts";
import { permutation } from "../wasm/random.ts";
import { foldsFrom, type Splitter } from "./fold.ts";
import { foldOptions, type KFoldOptions } from "./k-fold.ts";
import { rowsByLabel } from "./rows-by-label.ts";

/**
 * Folds in which every class has its share, give or take one sample: of a class's members, in the order in which
 * they stand (or shuffled), the first go to the first fold, and so on. Every distinct label is a class, numbers too.
 * Throws `invalid-argument` for fewer than two folds or more folds than a class has members.
 * Unshuffled the folds are scikit-learn's StratifiedKFold.
 */
export function stratifiedKFold(options: KFoldOptions = {}): Splitter {
  const { splits, shuffle, seed } = foldOptions(options);
  return {
    name: "stratifiedKFold",
    split(y) {
      return foldsFrom(stratifiedFoldOf(y, splits, shuffle ? { seed, trial: 0 } : null), splits);
    },
  };
}

/** The fold [n] of each of the samples, as `stratifiedKFold` deals them; shuffled where there is a key. */
export function stratifiedFoldOf(y: LabelsLike, splits: number, key: Omit<RandomKey, "purpose"> | null): Int32Array {
  const classes = rowsByLabel(y);
  expectMembers(classes, splits);
  const foldOf = new Int32Array(y.length);
  let dealt = 0;
  [...classes.values()].forEach((rows, code) => {
    const purpose = `stratifiedKFold/${code}`;
    const order = key === null ? rows.keys() : permutation(defaultCore(), { ...key, purpose }, rows.length);
    const folds = dealRound(dealt, rows.length, splits);
    let i = 0;
    for (const position of order) foldOf[rows[position] as number] = folds[i++] as number;
    dealt += rows.length;
  });
  return foldOf;
}

/** Throws `invalid-argument` unless every class has a member for each fold. */
export function expectMembers(classes: ReadonlyMap<Label, readonly number[]>, splits: number): void {
  for (const [label, rows] of classes) {
    if (rows.length >= splits) continue;
    throw new VernierError(
      "invalid-argument",
      `"splits": expected no more folds than class ${show(label)} has members, ${rows.length}, got ${splits}`,
    );
  }
}

// How many members each fold gets follows from dealing out all samples, sorted by class, one a fold in turn, the
// turn going on where the class before ended; the fold numbers of one class, in rising order.
function dealRound(dealt: number, count: number, splits: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => (dealt + i) % splits).sort();
}
