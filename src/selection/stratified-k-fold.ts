import { show, VernierError } from "../core/errors.ts";
import { encodeLabels, type Label, type LabelsLike } from "../core/labels.ts";
import { defaultCore } from "../wasm/default-core.ts";
import { permutation } from "../wasm/random.ts";
import { foldsFrom, type Splitter } from "./fold.ts";
import { foldOptions, type KFoldOptions } from "./k-fold.ts";

/**
 * Folds in which every class has its share, give or take one sample: of a class's members, in the order in which
 * they stand (or shuffled), the first go to the first fold, and so on.
 * Throws `invalid-argument` for fewer than two folds or more folds than a class has members.
 * Unshuffled the folds are scikit-learn's StratifiedKFold.
 */
export function stratifiedKFold(options: KFoldOptions = {}): Splitter {
  const { splits, shuffle, seed } = foldOptions(options);
  return {
    name: "stratifiedKFold",
    split(y) {
      const classes = membersByClass(y);
      for (const [label, rows] of classes) {
        if (rows.length >= splits) continue;
        throw new VernierError(
          "invalid-argument",
          `"splits": expected no more folds than class ${show(label)} has members, ${rows.length}, got ${splits}`,
        );
      }
      const foldOf = new Int32Array(y.length);
      let dealt = 0;
      [...classes.values()].forEach((rows, code) => {
        const key = { seed, trial: 0, purpose: `stratifiedKFold/${code}` };
        const order = shuffle ? permutation(defaultCore(), key, rows.length) : rows.keys();
        const folds = dealRound(dealt, rows.length, splits);
        let i = 0;
        for (const position of order) foldOf[rows[position] as number] = folds[i++] as number;
        dealt += rows.length;
      });
      return foldsFrom(foldOf, splits);
    },
  };
}

// Rows of each class, classes in order of first appearance.
function membersByClass(y: LabelsLike): Map<Label, number[]> {
  encodeLabels(y);
  const members = new Map<Label, number[]>();
  for (let i = 0; i < y.length; i++) {
    const rows = members.get(y[i] as Label);
    if (rows === undefined) members.set(y[i] as Label, [i]);
    else rows.push(i);
  }
  return members;
}

// How many members each fold gets follows from dealing out all samples, sorted by class, one a fold in turn, the
// turn going on where the class before ended; the fold numbers of one class, in rising order.
function dealRound(dealt: number, count: number, splits: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => (dealt + i) % splits).sort();
}
