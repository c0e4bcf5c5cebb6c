import type { LabelsLike } from "../core/labels.ts";

/** One split of n samples: the rows to train on and those to test on. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Divides samples into folds; the same samples always alike. */
export interface Splitter {
  readonly name: string;
  /** The folds of the samples whose labels are `y`. Throws `invalid-argument` when they cannot be divided so. */
  split(y: LabelsLike): readonly Fold[];
}

/** Folds whose test sides are the rows of equal number in `foldOf` [n], each in rising order. */
export function foldsFrom(foldOf: Int32Array, splits: number): Fold[] {
  const rows = Int32Array.from(foldOf.keys());
  return Array.from({ length: splits }, (_, k) => ({
    train: rows.filter((row) => foldOf[row] !== k),
    test: rows.filter((row) => foldOf[row] === k),
  }));
}
