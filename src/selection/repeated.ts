import { expectInteger } from "../core/errors.ts";
import { foldsFrom, type Splitter } from "./fold.ts";
import { foldOptions, kFoldOf } from "./k-fold.ts";
import { stratifiedFoldOf } from "./stratified-k-fold.ts";

export interface RepeatedOptions {
  /** How many folds each time, >= 2; default 5. */
  readonly splits?: number;
  /** How many times, >= 1; default 10. */
  readonly repeats?: number;
  /** Of the shuffles; default 0. */
  readonly seed?: number;
}

/**
 * `kFold` with a shuffle, several times over: splits x repeats folds, those of the first time being
 * `kFold({ shuffle: true, seed })`'s. Throws as `kFold` does.
 */
export function repeatedKFold(options: RepeatedOptions = {}): Splitter {
  const { splits, seed, trials } = repeatedOptions(options);
  return {
    name: "repeatedKFold",
    split(y) {
      return trials.flatMap((trial) => foldsFrom(kFoldOf(y.length, splits, { seed, trial, purpose: "kFold" }), splits));
    },
  };
}

/**
 * `stratifiedKFold` with a shuffle, several times over: splits x repeats folds, those of the first time being
 * `stratifiedKFold({ shuffle: true, seed })`'s. Throws as `stratifiedKFold` does.
 */
export function repeatedStratifiedKFold(options: RepeatedOptions = {}): Splitter {
  const { splits, seed, trials } = repeatedOptions(options);
  return {
    name: "repeatedStratifiedKFold",
    split(y) {
      return trials.flatMap((trial) => foldsFrom(stratifiedFoldOf(y, splits, { seed, trial }), splits));
    },
  };
}

function repeatedOptions(options: RepeatedOptions): { splits: number; seed: number; trials: readonly number[] } {
  const repeats = expectInteger("repeats", options.repeats ?? 10, 1);
  const { splits = 5, seed = 0 } = options;
  return { ...foldOptions({ splits, seed, shuffle: true }), trials: Array.from({ length: repeats }, (_, i) => i) };
}
