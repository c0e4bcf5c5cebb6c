import { expectInteger } from "../core/errors.ts";
import type { RandomKey } from "../core/key.ts";
import type { LabelsLike } from "../core/labels.ts";
import { defaultCore } from "../wasm/default-core.ts";
import { permutation } from "../wasm/random.ts";
import { type Fold, foldWhere, type Side, type Splitter } from "./fold.ts";
import { toGroups } from "./groups.ts";
import { checkSizes, type SideSizes, sideSizes } from "./side-sizes.ts";

export interface ShuffleSplitOptions extends SideSizes {
  /** How many independent splits, >= 1; default 10 (by group 5). */
  readonly splits?: number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * Independent random splits: a testSize (default 0.1) of the samples to test on, a trainSize (default the rest) to
 * train on. Test sides may overlap. Labels play no part.
 * Throws `invalid-argument` for sizes that leave a side empty or need more samples than there are.
 */
export function shuffleSplit(options: ShuffleSplitOptions = {}): Splitter {
  return randomSplits("shuffleSplit", options, 10, (y, key) => {
    const sides = randomSides(y.length, options, 0.1, "samples", key);
    return foldWhere(y.length, (row) => sides[row] as Side);
  });
}

export interface GroupShuffleSplitOptions extends ShuffleSplitOptions {
  /** The group of each sample [n]: numbers, strings or booleans. */
  readonly groups: LabelsLike;
}

/**
 * As `shuffleSplit`, but of whole groups: testSize (default 0.2) and trainSize are shares or numbers of groups.
 * Throws `invalid-argument` also for other than a group a sample.
 */
export function groupShuffleSplit(options: GroupShuffleSplitOptions): Splitter {
  const groups = toGroups(options.groups);
  return randomSplits("groupShuffleSplit", options, 5, (y, key) => {
    const codes = groups.of(y.length);
    const sides = randomSides(groups.count, options, 0.2, "groups", key);
    return foldWhere(y.length, (row) => sides[codes[row] as number] as Side);
  });
}

/** A splitter of independent splits, each drawn with a key of its own. */
export function randomSplits(
  name: string,
  options: ShuffleSplitOptions,
  defaultSplits: number,
  draw: (y: LabelsLike, key: RandomKey) => Fold,
): Splitter {
  checkSizes(options);
  const splits = expectInteger("splits", options.splits ?? defaultSplits, 1);
  const seed = expectInteger("seed", options.seed ?? 0, 0);
  return {
    name,
    split: (y) => Array.from({ length: splits }, (_, trial) => draw(y, { seed, trial, purpose: name })),
  };
}

function randomSides(
  n: number,
  sizes: SideSizes,
  defaultTestSize: number,
  what: string,
  key: RandomKey,
): readonly Side[] {
  const { test, train } = sideSizes(n, sizes, defaultTestSize, what);
  const sides: Side[] = Array.from({ length: n }, () => null);
  permutation(defaultCore(), key, n).forEach((one, i) => {
    if (i < test) sides[one] = "test";
    else if (i < test + train) sides[one] = "train";
  });
  return sides;
}
