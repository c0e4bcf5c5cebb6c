import type { Core } from "../wasm/core.ts";
import { exp, log } from "../wasm/math.ts";
import { uniforms } from "../wasm/random.ts";
import type { CmaesState } from "./cmaes-state.ts";
import type { CmaesStrategy } from "./cmaes-strategy.ts";

/** Best and worst loss of the last generations, oldest first. */
export type LossRanges = readonly (readonly [best: number, worst: number])[];

/**
 * Whether the run has come to an end: its losses are all alike, or its distribution is smaller than anyone asks of a
 * hyperparameter (a ten-millionth of what it was) or too stretched for the precision of the numbers.
 * Source: Auger and Hansen, "A restart CMA evolution strategy with increasing population size" (CEC 2005), section III.
 */
export function hasStalled(
  { n, lambda }: CmaesStrategy,
  state: CmaesState,
  initialSigma: number,
  ranges: LossRanges,
): boolean {
  const { sigma, D, pC } = state;
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const d of D) {
    least = Math.min(least, d);
    most = Math.max(most, d);
  }
  if (most > 1e7 * least || sigma * most > 1e4 * initialSigma) return true;
  const smallest = SMALLEST * initialSigma;
  if (sigma * most < smallest && pC.every((p) => Math.abs(sigma * p) < smallest)) return true;
  const term = stallTerm(n, lambda);
  if (ranges.length < term) return false;
  let best = Number.POSITIVE_INFINITY;
  let worst = Number.NEGATIVE_INFINITY;
  for (const [low, high] of ranges.slice(-term)) {
    best = Math.min(best, low);
    worst = Math.max(worst, high);
  }
  // Infinite losses that are all alike have no difference that is a number.
  return best === worst || worst - best < 1e-12 * Math.max(1, Math.abs(best));
}

const SMALLEST = 1e-7;

/** For how many generations the losses must be alike. */
export function stallTerm(n: number, lambda: number): number {
  return 10 + Math.ceil((30 * n) / lambda);
}

export type RestartStrategy = "none" | "ipop" | "bipop";

/** What one run between two restarts starts with. */
export interface Plan {
  /** 0 for the first. */
  readonly index: number;
  /** Population size and initial sigma. */
  readonly lambda: number;
  readonly sigma: number;
  /** The largest population so far, and the evaluations that each regime has taken since the first restart. */
  readonly largest: number;
  readonly large: number;
  readonly small: number;
}

export function firstPlan(lambda: number, sigma: number): Plan {
  return { index: 0, lambda, sigma, largest: lambda, large: 0, small: 0 };
}

/**
 * The plan after the run of `plan`, which took `evaluations`. IPOP doubles the population (Auger and Hansen 2005);
 * BIPOP does so or takes a small population and step, whichever regime has taken fewer evaluations: Hansen,
 * "Benchmarking a BI-population CMA-ES on the BBOB-2009 function testbed" (GECCO 2009).
 */
export function nextPlan(
  core: Core,
  restarts: Exclude<RestartStrategy, "none">,
  plan: Plan,
  evaluations: number,
  first: Plan,
  seed: number,
): Plan {
  const index = plan.index + 1;
  const wasLarge = plan.lambda === plan.largest;
  const large = plan.large + (wasLarge && plan.index > 0 ? evaluations : 0);
  const small = plan.small + (wasLarge ? 0 : evaluations);
  if (restarts === "ipop" || index === 1 || large <= small) {
    const largest = 2 * plan.largest;
    return { index, lambda: largest, sigma: first.sigma, largest, large, small };
  }
  const [u, v] = uniforms(core, { seed, trial: index, purpose: "cmaes/regime" }, 2) as unknown as [number, number];
  const ratio = exp(core, u * u * log(core, (0.5 * plan.largest) / first.lambda));
  const sigma = first.sigma * exp(core, -2 * v * log(core, 10));
  return { index, lambda: Math.floor(first.lambda * ratio), sigma, largest: plan.largest, large, small };
}
