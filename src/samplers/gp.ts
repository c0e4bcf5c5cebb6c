import { concat } from "../core/concat.ts";
import type { RandomKey } from "../core/key.ts";
import type { Core } from "../wasm/core.ts";
import { uniforms } from "../wasm/random.ts";
import { show, VernierError } from "../core/errors.ts";
import { type GpModel } from "../wasm/gp.ts";
import { gpSearch } from "../wasm/gp-search.ts";
import { globalCandidates, localCandidates } from "../surrogate/gp-candidates.ts";
import { gpConstraints } from "../surrogate/gp-constraints.ts";
import { gpFits } from "../surrogate/gp-fit.ts";
import { focusOnBest } from "./gp-focus.ts";
import { focusOnFront } from "./gp-front-focus.ts";
import { hypervolumeImprovement, improvement } from "./gp-improvement.ts";
import { noisyDraws } from "./gp-noisy.ts";
import { type GpOptions, gpSettings } from "./gp-options.ts";
import { type GpRows, gpRows } from "../surrogate/gp-rows.ts";
import { qmc } from "./qmc.ts";
import type { Sampler } from "./sampler.ts";
import { unitSpace } from "../surrogate/unit-space.ts";
import { withoutRepeats } from "./without-repeats.ts";

export type { GpOptions } from "./gp-options.ts";

/**
 * Bayesian optimization: a Gaussian process is fitted to the trials, and the next one is where it expects the largest
 * improvement (by the logarithm of that, Ament et al., NeurIPS 2023).
 *
 * The kernel measures numbers by their distance, stepped ones at their steps, choices as same or different, and
 * parameters of a branch only where it is taken; hyperparameters are those of the largest posterior, outputs and inputs
 * are warped as far as the trials ask for it. The improvement is counted from the best predicted value at a trial. Trials under way
 * count as if they had come out as predicted. With constraints (under Optuna's keys, at most 0 where they hold) the
 * improvement is weighted with the probability that they hold, and so it is with that of not failing once trials fail.
 * With more than 20 parameters or 300 trials the search keeps to a trust region (Eriksson et al., NeurIPS 2019) and its
 * last 256 trials.
 *
 * With several objectives each has a Gaussian process of its own, independent of the others, and what is expected is the
 * hypervolume that a trial adds to the front of the values predicted at the trials so far (Daulton et al., NeurIPS 2020;
 * exact, over the disjoint boxes that the front leaves). Volumes are those of the standardised outputs, warped a little
 * at most. The reference point lies a tenth of the outputs' range beyond the worst of the front, so that the gaps
 * between its ends are filled, and every other trial beyond the worst of all, so that its ends move. A front that leaves
 * more than 1,000 boxes (from about 90 points with four objectives, 30 with five) counts by its points that dominate the
 * most. The trust region lies around the one of these that dominates the most; its model is made of the last 256 trials
 * and up to 64 earlier ones of the front.
 *
 * Throws `invalid-argument` for options out of range and, when the study is created, `unsupported` for an acquisition
 * function other than "logEI" with several objectives.
 */
export function gp(options: GpOptions = {}): Sampler {
  const settings = gpSettings(options);
  const { kernel, warp, inputWarp, deterministic } = settings;
  const startup = qmc();
  const oneFit = gpFits({ kernel, warp, inputWarp, deterministic });
  const severalFits: ReturnType<typeof gpFits>[] = [];
  const fitOf = (objective: number, m: number): typeof oneFit => {
    if (m === 1) return oneFit;
    severalFits[objective] ??= gpFits({ kernel, warp, inputWarp, deterministic, leastShift: LEAST_SHIFT });
    return severalFits[objective];
  };
  const constraintModels = gpConstraints(kernel);
  const sampler: Sampler = {
    name: "gp",
    check(_space, { length }) {
      if (length === 1 || settings.acquisition === "logEI") return;
      const expected = 'expected "logEI" with several objectives';
      throw new VernierError("unsupported", `"acquisition": ${expected}, got ${show(settings.acquisition)}`);
    },
    suggest(core, input) {
      const unit = unitSpace(core, input.space);
      const { parameters } = unit;
      const d = parameters.length;
      const all = gpRows(core, unit, input);
      const needed = settings.nStartupTrials ?? Math.min(10, 2 * (d + 1));
      const m = all.objectives.length;
      const { rows, centers, box } = (m === 1 ? focusOnBest : focusOnFront)(all, d, needed);
      const n = rows.losses.length;
      if (d === 0 || n === 0 || n + (rows.pending.length + rows.failed.length) / d < needed)
        return startup.suggest(core, input);

      const fitted = rows.objectives.map((losses, k) =>
        fitOf(k, m)(core, { kernel, parameters, count: n, points: rows.points, losses }),
      );
      const constraints = constraintModels(core, parameters, rows);
      const wide = (n + rows.pending.length / d) % 2 === 0;
      const key = { ...input.key, purpose: "gp" };
      const noisy =
        settings.acquisition === "logNEI" && constraints.anyFeasible
          ? noisyDraws(core, fitted[0] as GpModel, constraints.feasible, key)
          : null;
      const models = noisy === null ? fitted : noisy.models;
      const many = n > 128 ? 64 : 128;
      const found = gpSearch(core, [...models, ...constraints.models], {
        ...(m === 1
          ? improvement(settings, constraints, noisy, () => simplex(core, key))
          : hypervolumeImprovement(m, constraints, wide)),
        pending: rows.pending,
        candidates: concat([
          globalCandidates(core, unit, box, 2 * many, key),
          localCandidates(core, unit, box, centers, many, key),
        ]),
        starts: 4,
        maxEvaluations: 40,
        box,
        ...(settings.repeats || parameters.some(({ type }) => type === "real") ? {} : { taken: takenPoints(all) }),
      });
      const isFound = found !== null && found.score > Number.NEGATIVE_INFINITY;
      return isFound ? unit.fromUnit(found.point) : startup.suggest(core, input);
    },
  };
  return settings.repeats ? sampler : { ...withoutRepeats(sampler), name: "gp" };
}

/** Three weights of sum 1, uniform among these. */
function simplex(core: Core, key: RandomKey): readonly [number, number, number] {
  const u = uniforms(core, { ...key, purpose: `${key.purpose}/weights` }, 2);
  const [low, high] = [Math.min(...u), Math.max(...u)];
  return [low, high - low, 1 - high];
}

function takenPoints({ points, failed, pending }: GpRows): Float64Array {
  return concat([points, failed, pending]);
}

/**
 * Of several objectives' warp. A logarithm that stretches the best values as far as it may for one would make the ends of
 * the front, where one objective is at its best, count more than all between.
 */
const LEAST_SHIFT = 3;
