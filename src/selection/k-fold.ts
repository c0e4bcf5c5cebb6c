import { expectInteger, VernierError } from "../core/errors.ts";
import type { RandomKey } from "../core/key.ts";
import { defaultCore } from "../wasm/default-core.ts";
import { permutation } from "../wasm/random.ts";
import { foldsFrom, type Splitter } from "./fold.ts";

export interface KFoldOptions {
  /** How many folds, >= 2; default 5. */
  readonly splits?: number;
  /** Whether samples are dealt out at random; default false: folds are runs of neighbors. */
  readonly shuffle?: boolean;
  /** Of the shuffle; default 0. */
  readonly seed?: number;
}

/** The options with defaults filled in; throws `invalid-argument` for fewer than two folds or a seed without shuffle. */
export function foldOptions(options: KFoldOptions): Required<KFoldOptions> {
  const splits = expectInteger("splits", options.splits ?? 5, 2);
  const shuffle = options.shuffle ?? false;
  if (options.seed !== undefined && !shuffle) {
    throw new VernierError("invalid-argument", `"seed": expected none without shuffle: true, got ${options.seed}`);
  }
  return { splits, shuffle, seed: expectInteger("seed", options.seed ?? 0, 0) };
}

/**
 * Folds of equal size, give or take one: the first n mod splits folds have one sample more. Labels play no part.
 * Throws `invalid-argument` for fewer than two folds or more folds than samples.
 * Unshuffled the folds are scikit-learn's KFold.
 */
export function kFold(options: KFoldOptions = {}): Splitter {
  const { splits, shuffle, seed } = foldOptions(options);
  return {
    name: "kFold",
    split(y) {
      return foldsFrom(kFoldOf(y.length, splits, shuffle ? { seed, trial: 0, purpose: "kFold" } : null), splits);
    },
  };
}

/** The fold [n] of each of n samples, as `kFold` deals them; shuffled where there is a key. */
export function kFoldOf(n: number, splits: number, key: RandomKey | null): Int32Array {
  if (splits > n) {
    throw new VernierError("invalid-argument", `"splits": expected at most one fold a sample, ${n}, got ${splits}`);
  }
  const order = key === null ? null : permutation(defaultCore(), key, n);
  const foldOf = new Int32Array(n);
  for (let k = 0, i = 0; k < splits; k++) {
    const end = i + Math.floor(n / splits) + (k < n % splits ? 1 : 0);
    for (; i < end; i++) foldOf[order === null ? i : (order[i] as number)] = k;
  }
  return foldOf;
}
