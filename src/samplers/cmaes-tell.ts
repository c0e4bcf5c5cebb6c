import { type CmaesUpdate, cmaesUpdate } from "../wasm/cmaes.ts";
import type { Core } from "../wasm/core.ts";
import { exp } from "../wasm/math.ts";
import { separableUpdate } from "./cmaes-separable.ts";
import { type CmaesState, factor } from "./cmaes-state.ts";
import type { CmaesStrategy } from "./cmaes-strategy.ts";

const LARGEST_SIGMA = 1e32;

/**
 * The state after one generation: `points` [lambda, n], best first. Steps longer than `longestStep` standard
 * deviations count as if they ended there, which makes points of other origin harmless: Hansen, "Injecting external
 * solutions into CMA-ES" (2011). Null where the numbers left the range of floating point.
 */
export function cmaesTell(
  core: Core,
  strategy: CmaesStrategy,
  state: CmaesState,
  points: Float64Array,
  longestStep: number = Number.POSITIVE_INFINITY,
): CmaesState | null {
  const moved = cmaesMove(core, strategy, state, points, longestStep);
  const factors = factor(core, moved.C, strategy.n);
  return factors === null || !(moved.sigma > 0) ? null : { ...moved, ...factors };
}

/** The state after one generation but for the factors of C, which are still the old ones. */
export function cmaesMove(
  core: Core,
  strategy: CmaesStrategy,
  state: CmaesState,
  points: Float64Array,
  longestStep: number,
): CmaesState {
  const { n, weights, mu, muEff, c1, cMu, cSigma, dSigma, cC, chiN } = strategy;
  const { mean, sigma, A, B, C, D, pSigma, pC } = state;
  const decay = (1 - cSigma) * (1 - cSigma);
  const unsettled = state.unsettled * decay;
  const Y = points.map((x, i) => (x - (mean[i % n] as number)) / (sigma * (A[i % n] as number)));
  const rates = { weights, mu, muEff, c1, cMu, cSigma, cC, chiN, unsettled: unsettled * decay, longestStep };
  const generation = { ...rates, Y, C, D, pSigma, pC };
  const update: CmaesUpdate = B === null ? separableUpdate(generation) : cmaesUpdate(core, { ...generation, B });
  const growth = exp(core, (cSigma / dSigma) * (update.pathLength / chiN - 1));
  return {
    generation: state.generation + 1,
    mean: mean.map((m, j) => m + sigma * (update.meanStep[j] as number)),
    sigma: Math.min(sigma * growth, LARGEST_SIGMA),
    C: update.C,
    B,
    D,
    A,
    pSigma: update.pSigma,
    pC: update.pC,
    unsettled,
  };
}
