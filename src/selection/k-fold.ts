import { expectInteger, VernierError } from "../core/errors.ts";
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
      const n = y.length;
      if (splits > n) {
        throw new VernierError("invalid-argument", `"splits": expected at most one fold a sample, ${n}, got ${splits}`);
      }
      const order = shuffle ? permutation(defaultCore(), { seed, trial: 0, purpose: "kFold" }, n) : null;
      const foldOf = new Int32Array(n);
      for (let k = 0, i = 0; k < splits; k++) {
        const end = i + Math.floor(n / splits) + (k < n % splits ? 1 : 0);
        for (; i < end; i++) foldOf[order === null ? i : (order[i] as number)] = k;
      }
      return foldsFrom(foldOf, splits);
    },
  };
}
