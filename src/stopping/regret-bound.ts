import { bestTrial } from "../core/best-trial.ts";
import { expectInteger, expectNumber } from "../core/errors.ts";
import { expectOneObjective } from "../core/one-objective.ts";
import { gpConstraints } from "../surrogate/gp-constraints.ts";
import { gpFits } from "../surrogate/gp-fit.ts";
import { unwarped } from "../surrogate/gp-outputs.ts";
import { gpRows } from "../surrogate/gp-rows.ts";
import { unitSpace } from "../surrogate/unit-space.ts";
import type { Core } from "../wasm/core.ts";
import { exp, log } from "../wasm/math.ts";
import { thinnedRows } from "./thinned-rows.ts";
import { confidenceBounds } from "./confidence-bounds.ts";
import { foldError } from "./evaluation-error.ts";
import type { StoppingInput, StoppingRule } from "./stopping-rule.ts";

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
 * Throws `invalid-argument` for options out of range and, when asked, `unsupported` for more than one objective.
 * Source: Makarova et al., "Automatic termination for hyperparameter optimization" (AutoML 2022), with its beta:
 * 2 log(d n^2 pi^2 / (6 (1 - confidence))) / 5 for n trials and d parameters.
 */
export function regretBound(options: RegretBoundOptions = {}): StoppingRule {
  const { noise, minTrials, confidence = 0.9 } = options;
  if (noise !== undefined) expectNumber("noise", noise, "a number > 0", (value) => value > 0);
  if (minTrials !== undefined) expectInteger("minTrials", minTrials, 1);
  expectNumber("confidence", confidence, "a number between 0 and 1", (value) => value > 0 && value < 1);
  const fits = gpFits({ kernel: KERNEL, warp: true, deterministic: false });
  const constraintModels = gpConstraints(KERNEL);
  return {
    reasonToStop(input) {
      const { core, space, directions, history } = input;
      expectOneObjective("regretBound", directions);
      const unit = unitSpace(core, space);
      const { parameters } = unit;
      const d = parameters.length;
      if (d === 0 || completeOnes(input) < (minTrials ?? Math.max(20, 10 * d))) return null;
      const trials = { space, directions, history, pending: [], key: { trial: history.length } };
      const rows = thinnedRows(gpRows(core, unit, trials), d);
      const { points, losses } = rows;
      const count = losses.length;
      if (count === 0) return null;

      const model = fits(core, { kernel: KERNEL, parameters, count, points, losses });
      const width = Math.sqrt(beta(core, d, count, 1 - confidence));
      const bounds = confidenceBounds(core, unit, model, constraintModels(core, parameters, rows), width);
      if (bounds === null) return null;
      const valueOf = unwarped(core, losses, model.theta[d + 3] as number);
      const bound = valueOf(bounds.upper) - valueOf(bounds.lower);
      const deviation = exp(core, 0.5 * (model.theta[d + 2] as number));
      const assumed = (valueOf(bounds.mean + deviation) - valueOf(bounds.mean - deviation)) / 2;
      const error = noise ?? (errorOfBest(input) || assumed);
      return bound < error ? `regret bound ${bound.toPrecision(3)} < ${error.toPrecision(3)}` : null;
    },
  };
}

const KERNEL = "matern52";

function completeOnes({ history }: StoppingInput): number {
  return history.filter(({ state }) => state === "complete").length;
}

/** The standard error over folds of the best trial that holds the constraints; null or 0: there is none to be had. */
function errorOfBest({ history, directions }: StoppingInput): number | null {
  const best = bestTrial(history, directions);
  return best === null ? null : foldError(best);
}

function beta(core: Core, d: number, n: number, error: number): number {
  return (2 / 5) * log(core, (d * n * n * Math.PI * Math.PI) / (6 * error));
}
