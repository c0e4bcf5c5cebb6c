import { concat } from "../core/concat.ts";
import type { RandomKey } from "../core/key.ts";
import type { SurrogateCore } from "../wasm/core.ts";
import { defaultSurrogate } from "../wasm/default-surrogate.ts";
import { uniforms } from "../wasm/random.ts";
import { type GpModel } from "../wasm/gp.ts";
import { gpSearch } from "../wasm/gp-search.ts";
import { globalCandidates, localCandidates } from "../surrogate/gp-candidates.ts";
import { gpConstraints } from "../surrogate/gp-constraints.ts";
import { gpFits } from "../surrogate/gp-fit.ts";
import { focusOnBest } from "./gp-focus.ts";
import { focusOnFront } from "./gp-front-focus.ts";
import { hypervolumeImprovement, improvement } from "./gp-improvement.ts";
import { noisyDraws } from "./gp-noisy.ts";
import type { GpSettings } from "./gp-options.ts";
import { type GpRows, gpRows } from "../surrogate/gp-rows.ts";
import type { Sampler } from "./sampler.ts";
import { unitSpace } from "../surrogate/unit-space.ts";

/** `gp` of these settings, asked once trials have ended; what it cannot say `startup` does. */
export function gpSuggest(settings: GpSettings, startup: Sampler): Sampler["suggest"] {
  const { kernel, warp, inputWarp, deterministic } = settings;
  const oneFit = gpFits({ kernel, warp, inputWarp, deterministic });
  const severalFits: ReturnType<typeof gpFits>[] = [];
  const fitOf = (objective: number, m: number): typeof oneFit => {
    if (m === 1) return oneFit;
    severalFits[objective] ??= gpFits({ kernel, warp, inputWarp, deterministic, leastShift: LEAST_SHIFT });
    return severalFits[objective];
  };
  const constraintModels = gpConstraints(kernel);
  return (core, input) => {
    const surrogate = defaultSurrogate();
    const unit = unitSpace(surrogate, input.space);
    const { parameters } = unit;
    const d = parameters.length;
    const all = gpRows(surrogate, unit, input);
    const needed = settings.nStartupTrials ?? Math.min(10, 2 * (d + 1));
    const m = all.objectives.length;
    const { rows, centers, box } = (m === 1 ? focusOnBest : focusOnFront)(all, d, needed);
    const n = rows.losses.length;
    if (d === 0 || n === 0 || n + (rows.pending.length + rows.failed.length) / d < needed)
      return startup.suggest(core, input);

    const fitted = rows.objectives.map((losses, k) =>
      fitOf(k, m)(surrogate, { kernel, parameters, count: n, points: rows.points, losses }),
    );
    const constraints = constraintModels(surrogate, parameters, rows);
    const wide = (n + rows.pending.length / d) % 2 === 0;
    const key = { ...input.key, purpose: "gp" };
    const noisy =
      settings.acquisition === "logNEI" && constraints.anyFeasible
        ? noisyDraws(surrogate, fitted[0] as GpModel, constraints.feasible, key)
        : null;
    const models = noisy === null ? fitted : noisy.models;
    const many = n > 128 ? 64 : 128;
    const found = gpSearch(surrogate, [...models, ...constraints.models], {
      ...(m === 1
        ? improvement(settings, constraints, noisy, () => simplex(surrogate, key))
        : hypervolumeImprovement(m, constraints, wide)),
      pending: rows.pending,
      candidates: concat([
        globalCandidates(surrogate, unit, box, 2 * many, key),
        localCandidates(surrogate, unit, box, centers, many, key),
      ]),
      starts: 4,
      maxEvaluations: 40,
      box,
      ...(settings.repeats || parameters.some(({ type }) => type === "real") ? {} : { taken: takenPoints(all) }),
    });
    const isFound = found !== null && found.score > Number.NEGATIVE_INFINITY;
    return isFound ? unit.fromUnit(found.point) : startup.suggest(core, input);
  };
}

/** Three weights of sum 1, uniform among these. */
function simplex(core: SurrogateCore, key: RandomKey): readonly [number, number, number] {
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
