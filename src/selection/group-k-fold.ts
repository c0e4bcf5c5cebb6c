import type { LabelsLike } from "../core/labels.ts";
import { foldsFrom, type Splitter } from "./fold.ts";
import { expectGroups, toGroups } from "./groups.ts";
import { foldOptions, type KFoldOptions, kFoldOf } from "./k-fold.ts";

export interface GroupKFoldOptions extends KFoldOptions {
  /** The group of each sample [n]: numbers, strings or booleans. */
  readonly groups: LabelsLike;
}

/**
 * Folds that keep every group together. Unshuffled they are about equally large: the largest group first, of equal
 * ones the last in sorted order, each goes to the fold with the fewest samples so far, of equal ones the first.
 * Shuffled they have equally many groups, give or take one. Labels play no part.
 * Throws `invalid-argument` for fewer than two folds, more folds than groups, or other than a group a sample.
 * Unshuffled the folds are scikit-learn's GroupKFold.
 */
export function groupKFold(options: GroupKFoldOptions): Splitter {
  const { splits, shuffle, seed } = foldOptions(options);
  const groups = toGroups(options.groups);
  return {
    name: "groupKFold",
    split(y) {
      const codes = groups.of(y.length);
      expectGroups(groups.count, splits);
      const foldOf = shuffle
        ? kFoldOf(groups.count, splits, { seed, trial: 0, purpose: "groupKFold" })
        : balancedFoldOf(codes, groups.count, splits);
      return foldsFrom(
        codes.map((group) => foldOf[group] as number),
        splits,
      );
    },
  };
}

// The fold of each group.
function balancedFoldOf(codes: Int32Array, count: number, splits: number): Int32Array {
  const sizes = new Int32Array(count);
  for (const group of codes) sizes[group]! += 1;
  const order = Array.from(sizes.keys()).sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || b - a);
  const load = new Int32Array(splits);
  const foldOf = new Int32Array(count);
  for (const group of order) {
    const lightest = load.indexOf(Math.min(...load));
    foldOf[group] = lightest;
    load[lightest]! += sizes[group] as number;
  }
  return foldOf;
}
