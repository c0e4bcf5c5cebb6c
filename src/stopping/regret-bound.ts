import { expectInteger, expectNumber } from "../core/errors.ts";
import { type LazyPart, lazyPart } from "../core/lazy-part.ts";
import type { regretRule } from "./regret-rule.ts";
import type { StoppingRule } from "./stopping-rule.ts";

export interface RegretBoundOptions {
  /**
   * The gain, in the objective's units, that is not worth further trials: the standard error of an evaluation, or any
   * other. Default: of scores over folds, reported one by one, their standard error in the best trial, unless they are
   * all equal there; otherwise the standard deviation of the noise that the model sees.
   */
  readonly noise?: number;
  /**
   * Complete trials before the study may stop; default 10 for every parameter, at least 20. Before that the model knows
   * too little of the space to say what it does not hold.
   */
  readonly minTrials?: number;
  /** With which probability the bound shall hold if the model is right, between 0 and 1; default 0.9. */
  readonly confidence?: number;
}

/** What `regretBound` is made of. */
export const regretPart: LazyPart<typeof regretRule> = lazyPart(
  "regretBound",
  async () => (await import("./regret-rule.ts")).regretRule,
  "call provideSurrogate() of vernier/surrogate",
);

/**
 * Stops, for "regret bound 0.0123 < 0.0456", when what is left to be gained is less than what an evaluation can tell
 * apart: the first of the two figures, in the objective's units, bounds the simple regret from above, the second is the
 * noise. The bound is the difference between the least upper confidence bound of a Gaussian process at the trials and
 * its least lower confidence bound in the whole space.
 *
 * As the sampler `gp`, the model warps its outputs by a shifted logarithm as far as the trials ask for it, as losses
 * far above the usual are common and say little of what is left. A quantile of a warped output is the warp of a quantile:
 * the bounds and the noise are taken back to the objective's units before they are compared, the noise at the trial with
 * the least upper bound. The kernel is Matern-5/2 of one distance: a sum of effects would claim to know combinations that
 * were never tried. Pruned trials count by their last report, but as no better than the median. With constraints the
 * trials that hold them are compared with where they may hold; trials that fail are a constraint as well.
 *
 * An objective without noise, and none given: the model assumes noise all the same, of a 3000th of the outputs' standard
 * deviation at least, and the study stops if it believes that less is left. On a smooth function it may, on others never.
 * An optimum that no trial hints at, a hole in a plain, is beyond any such bound.
 *
 * Whatever sampler a study has, the rule fits a model of its own: for every trial up to 64, then with every 32nd part,
 * and it searches the space each time it is asked. Above 256 trials it keeps to a choice of them.
 *
 * Its code is loaded by `import()` when `optimize` begins; `vernier/surrogate` says how to do without.
 *
 * Throws `invalid-argument` for options out of range and, when asked, `unsupported` for more than one objective.
 * Source: Makarova et al., "Automatic termination for hyperparameter optimization" (AutoML 2022), with its beta:
 * 2 log(d n^2 pi^2 / (6 (1 - confidence))) / 5 for n trials and d parameters.
 */
export function regretBound(options: RegretBoundOptions = {}): StoppingRule {
  const { noise, minTrials, confidence } = options;
  if (noise !== undefined) expectNumber("noise", noise, "a number > 0", (value) => value > 0);
  if (minTrials !== undefined) expectInteger("minTrials", minTrials, 1);
  if (confidence !== undefined) {
    expectNumber("confidence", confidence, "a number between 0 and 1", (value) => value > 0 && value < 1);
  }
  const settings = { ...options };
  let reasonToStop: StoppingRule["reasonToStop"] | null = null;
  return {
    prepare: () => regretPart.load(),
    reasonToStop(input) {
      reasonToStop ??= regretPart.get()(settings);
      return reasonToStop(input);
    },
  };
}
