import type { RandomKey } from "../core/key.ts";
import { type GpModel, gpPosteriorDraws, UNWARPED } from "../wasm/gp.ts";
import type { SurrogateCore } from "../wasm/core.ts";
import { log } from "../wasm/math.ts";
import { normals } from "../wasm/random.ts";

/** How the function may run, given noisy outputs: models without noise, and of each the least value at a trial. */
export interface NoisyDraws {
  readonly models: readonly GpModel[];
  readonly least: readonly number[];
}

/** Draws, each with its mirror image at the mean. */
const PAIRS = 8;

/** Share of the outputs' variance below which noise makes no difference. */
const LEAST_NOISE = 1e-5;

/** Noise variance of the models of draws, which must be told from 0 for the covariances' sake. */
const NO_NOISE = 1e-7;

/**
 * Of an objective known with noise, draws of its values at the trials; only those of `feasible` ones are there to be
 * improved on. Null where there is no noise to speak of.
 */
export function noisyDraws(
  core: SurrogateCore,
  model: GpModel,
  feasible: readonly boolean[],
  key: RandomKey,
): NoisyDraws | null {
  const n = model.count;
  const own = normals(core, { ...key, purpose: `${key.purpose}/draws` }, PAIRS * n);
  const mirrored = Float64Array.from({ length: 2 * PAIRS * n }, (_, i) => own[i] ?? -(own[i - PAIRS * n] as number));
  const { draws, noise } = gpPosteriorDraws(core, model, mirrored);
  if (!(noise > LEAST_NOISE)) return null;
  const d = model.parameters.length;
  const theta = Float64Array.from(model.theta);
  theta[d + 2] = log(core, NO_NOISE);
  theta[d + 3] = UNWARPED;
  const models = Array.from({ length: 2 * PAIRS }, (_, k) => ({
    ...model,
    theta,
    outputs: draws.subarray(k * n, (k + 1) * n),
  }));
  const least = models.map(({ outputs }) =>
    outputs.reduce((best, value, row) => (feasible[row] ? Math.min(best, value) : best), Number.POSITIVE_INFINITY),
  );
  return { models, least };
}
