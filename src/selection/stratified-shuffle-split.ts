import { show, VernierError } from "../core/errors.ts";
import type { RandomKey } from "../core/key.ts";
import type { LabelsLike } from "../core/labels.ts";
import { defaultCore } from "../wasm/default-core.ts";
import { permutation } from "../wasm/random.ts";
import { type Fold, foldWhere, type Side, type Splitter } from "./fold.ts";
import { rowsByLabel } from "./rows-by-label.ts";
import { randomSplits, type ShuffleSplitOptions } from "./shuffle-split.ts";
import { type SideSizes, sideSizes } from "./side-sizes.ts";

/**
 * As `shuffleSplit`, but every class has its share of both sides, give or take one sample: the sides' places are
 * given by largest remainder, and between equal remainders by chance.
 * Throws `invalid-argument` also for a class with a single member or a side with fewer places than there are classes.
 */
export function stratifiedShuffleSplit(options: ShuffleSplitOptions = {}): Splitter {
  return randomSplits("stratifiedShuffleSplit", options, 10, (y, key) => stratifiedSplit(y, options, 0.1, key));
}

/** One random split in which every class has its share of both sides. */
export function stratifiedSplit(y: LabelsLike, sizes: SideSizes, defaultTestSize: number, key: RandomKey): Fold {
  const classes = rowsByLabel(y);
  for (const [label, rows] of classes) {
    if (rows.length >= 2) continue;
    const message = `"y": expected at least two members of every class, got one of ${show(label)}`;
    throw new VernierError("invalid-argument", message);
  }
  const { test, train } = sideSizes(y.length, sizes, defaultTestSize, "samples");
  if (Math.min(test, train) < classes.size) {
    throw new VernierError(
      "invalid-argument",
      `"testSize": expected places for all ${classes.size} classes on either side, got ${test} to test and ${train} to train`,
    );
  }
  const core = defaultCore();
  const members = [...classes.values()];
  const precedence = permutation(core, { ...key, purpose: `${key.purpose}/precedence` }, members.length);
  const counts = members.map((rows) => rows.length);
  const trained = places(counts, train, precedence);
  const tested = places(
    counts.map((count, k) => count - (trained[k] as number)),
    test,
    precedence,
  );
  const sides: Side[] = Array.from({ length: y.length }, () => null);
  members.forEach((rows, k) => {
    const [ofTrain, ofBoth] = [trained[k] as number, (trained[k] as number) + (tested[k] as number)];
    permutation(core, { ...key, purpose: `${key.purpose}/${k}` }, rows.length).forEach((position, i) => {
      if (i < ofBoth) sides[rows[position] as number] = i < ofTrain ? "train" : "test";
    });
  });
  return foldWhere(y.length, (row) => sides[row] as Side);
}

// `draws` places shared out in proportion to the counts: whole parts first, the rest by largest remainder. The
// remainders are whole numbers, so that equal ones are equal.
function places(counts: readonly number[], draws: number, precedence: Int32Array): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => Math.floor((count * draws) / all));
  const remainder = (k: number): number => ((counts[k] as number) * draws) % all;
  const order = [...counts.keys()].sort(
    (a, b) => remainder(b) - remainder(a) || (precedence[a] as number) - (precedence[b] as number),
  );
  const rest = draws - shares.reduce((sum, share) => sum + share, 0);
  for (const k of order.slice(0, rest)) shares[k]! += 1;
  return shares;
}
