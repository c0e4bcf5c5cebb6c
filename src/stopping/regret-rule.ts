import { bestTrial } from "../core/best-trial.ts";
import { expectOneObjective } from "../core/one-objective.ts";
import { gpConstraints } from "../surrogate/gp-constraints.ts";
import { gpFits } from "../surrogate/gp-fit.ts";
import { unwarped } from "../surrogate/gp-outputs.ts";
import { gpRows } from "../surrogate/gp-rows.ts";
import { unitSpace } from "../surrogate/unit-space.ts";
import type { SurrogateCore } from "../wasm/core.ts";
import { defaultSurrogate } from "../wasm/default-surrogate.ts";
import { exp, log } from "../wasm/math.ts";
import { thinnedRows } from "./thinned-rows.ts";
import { confidenceBounds } from "./confidence-bounds.ts";
import { foldError } from "./evaluation-error.ts";
import type { RegretBoundOptions } from "./regret-bound.ts";
import type { StoppingInput, StoppingRule } from "./stopping-rule.ts";

/** What `regretBound` with these options says. */
export function regretRule({ noise, minTrials, confidence = 0.9 }: RegretBoundOptions): StoppingRule["reasonToStop"] {
  const fits = gpFits({ kernel: KERNEL, warp: true, deterministic: false });
  const constraintModels = gpConstraints(KERNEL);
  return (input) => {
    const { space, directions, history } = input;
    expectOneObjective("regretBound", directions);
    const core = defaultSurrogate();
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

function beta(core: SurrogateCore, d: number, n: number, error: number): number {
  return (2 / 5) * log(core, (d * n * n * Math.PI * Math.PI) / (6 * error));
}
