import { encodeLabels } from "../core/labels.ts";
import { defaultCore } from "../wasm/default-core.ts";
import { permutation } from "../wasm/random.ts";
import { foldsFrom, type Splitter } from "./fold.ts";
import type { GroupKFoldOptions } from "./group-k-fold.ts";
import { expectGroups, toGroups } from "./groups.ts";
import { foldOptions } from "./k-fold.ts";
import { rowsByLabel } from "./rows-by-label.ts";
import { expectMembers } from "./stratified-k-fold.ts";

// Two divisions count as equally even up to this.
const CLOSE = { absolute: 1e-8, relative: 1e-5 };

/**
 * Folds that keep every group together and in which every class has its share, as near as the groups allow. The
 * groups with the most uneven counts of the classes come first (of equal ones the first in sorted order, or
 * shuffled); each goes to the fold that leaves the classes' shares most even over the folds, of about equal ones to
 * that with the fewest samples, and to an empty one where the groups would not suffice otherwise. Unevenness is the
 * standard deviation, of shares its mean over the classes.
 * Throws `invalid-argument` for fewer than two folds, more folds than groups or than a class has members, or other
 * than a group a sample.
 * Unshuffled the folds are scikit-learn's StratifiedGroupKFold for fewer than eight classes. From eight on it sums in
 * another order, and where divisions are even but for rounding a group may go elsewhere.
 */
export function stratifiedGroupKFold(options: GroupKFoldOptions): Splitter {
  const { splits, shuffle, seed } = foldOptions(options);
  const groups = toGroups(options.groups);
  return {
    name: "stratifiedGroupKFold",
    split(y) {
      const codes = groups.of(y.length);
      expectGroups(groups.count, splits);
      expectMembers(rowsByLabel(y), splits);
      const labels = encodeLabels(y);
      const counts = Array.from({ length: groups.count }, () => new Float64Array(labels.classes.length));
      codes.forEach((group, i) => ((counts[group] as Float64Array)[labels.codes[i] as number]! += 1));
      const key = { seed, trial: 0, purpose: "stratifiedGroupKFold" };
      const order = shuffle ? permutation(defaultCore(), key, groups.count) : counts.keys();
      const foldOf = evenFoldOf(counts, [...order], splits);
      return foldsFrom(
        codes.map((group) => foldOf[group] as number),
        splits,
      );
    },
  };
}

// The fold of each group, from the counts [groups, classes] and the order in which equal groups come.
function evenFoldOf(counts: readonly Float64Array[], order: readonly number[], splits: number): Int32Array {
  const classes = (counts[0] as Float64Array).length;
  const totals = Float64Array.from({ length: classes }, (_, k) => total(counts.map((row) => row[k] as number)));
  const unevenness = counts.map((row) => deviation([...row]));
  const rank = new Int32Array(order.length);
  order.forEach((group, position) => (rank[group] = position));
  const sorted = order.toSorted(
    (a, b) => (unevenness[b] as number) - (unevenness[a] as number) || (rank[a] as number) - (rank[b] as number),
  );
  const folds: readonly Float64Array[] = Array.from({ length: splits }, () => new Float64Array(classes));
  const foldOf = new Int32Array(order.length);
  sorted.forEach((group, done) => {
    const empty = folds.filter((fold) => total(fold) === 0);
    const candidates = empty.length === order.length - done ? empty : folds;
    const best = bestFold(candidates, folds, counts[group] as Float64Array, totals);
    foldOf[group] = folds.indexOf(best);
    add(best, counts[group] as Float64Array, 1);
  });
  return foldOf;
}

function bestFold(
  candidates: readonly Float64Array[],
  folds: readonly Float64Array[],
  group: Float64Array,
  totals: Float64Array,
): Float64Array {
  let best = candidates[0] as Float64Array;
  let least = Number.POSITIVE_INFINITY;
  let fewest = Number.POSITIVE_INFINITY;
  for (const fold of candidates) {
    const samples = total(fold);
    add(fold, group, 1);
    const spread = spreadOf(folds, totals);
    add(fold, group, -1);
    const close = Math.abs(spread - least) <= CLOSE.absolute + CLOSE.relative * least;
    if (spread >= least && !(close && samples < fewest)) continue;
    best = fold;
    least = spread;
    fewest = samples;
  }
  return best;
}

// The mean over the classes of the standard deviation over the folds of a class's shares.
function spreadOf(folds: readonly Float64Array[], totals: Float64Array): number {
  const deviations = totals.map((members, k) => deviation(folds.map((fold) => (fold[k] as number) / members)));
  return total(deviations) / deviations.length;
}

function deviation(values: readonly number[]): number {
  const mean = total(values) / values.length;
  return Math.sqrt(total(values.map((value) => (value - mean) * (value - mean))) / values.length);
}

function add(to: Float64Array, counts: Float64Array, sign: 1 | -1): void {
  counts.forEach((count, k) => (to[k]! += sign * count));
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum;
}
