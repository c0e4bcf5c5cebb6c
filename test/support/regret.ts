import { normals } from "../../src/wasm/random.ts";
import type { Core } from "../../src/wasm/core.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { feedback } from "./feedback.ts";
import type { Objective } from "./objectives.ts";

/**
 * Simple regret after each evaluation: the true value of the trial with the best observed value so far,
 * less the optimum. `lag` trials are under way while the next one is asked.
 */
export function regretTrace(
  core: Core,
  sampler: Sampler,
  objective: Objective,
  seed: number,
  trials: number,
  lag = 0,
): number[] {
  const noise = objective.noise === 0 ? null : normals(core, { seed, trial: 0, purpose: "objective noise" }, trials);
  const trace: number[] = [];
  let bestObserved = Number.POSITIVE_INFINITY;
  let incumbent = Number.POSITIVE_INFINITY;
  feedback(
    core,
    sampler,
    objective.space,
    (params, number) => {
      const value = objective.value(params);
      const observed = noise === null ? value : value + objective.noise * (noise[number] as number);
      if (observed < bestObserved) {
        bestObserved = observed;
        incumbent = value;
      }
      trace.push(incumbent - objective.optimum);
      return observed;
    },
    { seed, trials, lag },
  );
  return trace;
}

/** [first quartile, median, third quartile] by linear interpolation. */
export function quartiles(values: readonly number[]): [number, number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const low = sorted[Math.floor(place)] as number;
    const high = sorted[Math.ceil(place)] as number;
    return low + (place - Math.floor(place)) * (high - low);
  };
  return [at(0.25), at(0.5), at(0.75)];
}
