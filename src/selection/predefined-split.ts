import { expectInteger, VernierError } from "../core/errors.ts";
import { foldWhere, type Splitter } from "./fold.ts";

export interface PredefinedSplitOptions {
  /** The number of the fold that tests each sample [n], >= 0; -1 for a sample that is always trained on. */
  readonly testFold: ArrayLike<number>;
}

/**
 * A fold for every number >= 0 that occurs in `testFold`, in rising order, testing its samples and training on all
 * others. Throws `invalid-argument` for other numbers, no fold, a fold of all samples, or other than one a sample.
 */
export function predefinedSplit({ testFold }: PredefinedSplitOptions): Splitter {
  const folds = Int32Array.from(testFold, (fold, i) => expectInteger(`testFold[${i}]`, fold, -1, 0x7fffffff));
  const numbers = [...new Set(folds)].filter((fold) => fold >= 0).sort((a, b) => a - b);
  if (numbers.length === 0) {
    throw new VernierError("invalid-argument", '"testFold": expected at least one sample in a fold, got none');
  }
  if (numbers.length === 1 && !folds.includes(-1)) {
    throw new VernierError("invalid-argument", '"testFold": expected samples outside of the only fold, got none');
  }
  return {
    name: "predefinedSplit",
    split({ length: n }) {
      if (n === folds.length) {
        return numbers.map((fold) => foldWhere(n, (row) => (folds[row] === fold ? "test" : "train")));
      }
      throw new VernierError(
        "invalid-argument",
        `"testFold": expected a fold for each of the ${n} samples, got ${folds.length}`,
      );
    },
  };
}
