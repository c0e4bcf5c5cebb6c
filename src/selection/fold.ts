import type { LabelsLike } from "../core/labels.ts";

/** One split of n samples: the rows to train on and those to test on. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Where a sample of a fold is; null for one that is left out. */
export type Side = "train" | "test" | null;

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

/** The fold of n samples whose sides are the rows for which `sideOf` says so, in rising order. */
export function foldWhere(n: number, sideOf: (row: number) => Side): Fold {
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  return { train: rows.filter((row) => sideOf(row) === "train"), test: rows.filter((row) => sideOf(row) === "test") };
}
