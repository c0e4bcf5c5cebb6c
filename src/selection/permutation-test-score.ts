import { expectInteger } from "../core/errors.ts";
import type { Features } from "../core/table.ts";
import type { Estimator } from "../models/estimator.ts";
import { defaultCore } from "../wasm/default-core.ts";
import { permutation } from "../wasm/random.ts";
import { crossValidate } from "./cross-validate.ts";
import { defaultScoring, type ScoringLike, toOneMetric } from "./scoring.ts";
import { takeTargets, type TargetsLike } from "./targets.ts";
import { type FoldOptions, foldData } from "./training-folds.ts";

export interface PermutationTestOptions extends FoldOptions {
  /** A name (default "accuracy", for regressors "r2"), a scorer or a function; greater is better. */
  readonly scoring?: ScoringLike;
  /** How often y is permuted; default 100. */
  readonly permutations?: number;
  /** Of the permutations; default 0. */
  readonly seed?: number;
}

export interface PermutationTest {
  /** The mean score over the folds. */
  readonly score: number;
  /** The same with each permuted y. */
  readonly permutationScores: readonly number[];
  /** (permutations that score as much or more + 1) / (permutations + 1). */
  readonly pValue: number;
}

/**
 * Whether a score could be had by chance: the probability, where X says nothing of y, of one at least as high. Each
 * permuted y is divided anew. Throws what `crossValidate` throws.
 * Method: Ojala & Garriga (2010), Permutation tests for studying classifier performance, test 1.
 */
export function permutationTestScore(
  estimator: Estimator<object>,
  X: Features,
  y: TargetsLike,
  options: PermutationTestOptions = {},
): PermutationTest {
  const { permutations = 100, seed = 0, ...rest } = options;
  expectInteger("permutations", permutations, 1);
  expectInteger("seed", seed, 0);
  const { name, scorer } = toOneMetric(options.scoring ?? defaultScoring(estimator.task));
  const data = foldData(estimator, X, y, options);
  const scoreOf = (targets: TargetsLike): number =>
    crossValidate(estimator, data.X, targets, { ...rest, scoring: { [name]: scorer } }).mean;
  const score = scoreOf(data.y);
  const permutationScores = Array.from({ length: permutations }, (_, trial) =>
    scoreOf(
      takeTargets(data.y, permutation(defaultCore(), { seed, trial, purpose: "permutationTest" }, data.y.length)),
    ),
  );
  const reached = permutationScores.filter((other) => other >= score).length;
  return { score, permutationScores, pValue: (reached + 1) / (permutations + 1) };
}
