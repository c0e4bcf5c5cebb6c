import type { SurrogateCore } from "../wasm/core.ts";
import { type GpFitSettings, type GpKernel, UNWARPED } from "../wasm/gp.ts";
import { log } from "../wasm/math.ts";

/** What is assumed of an output before it is seen. */
export interface GpAssumptions {
  readonly kernel: GpKernel;
  readonly warp: boolean;
  /** Whether inputs may be warped; default false. */
  readonly inputWarp?: boolean;
  /**
   * The warp's least shift in units of the median excess, default 0.01: it stretches the best 1 + 1 / shift times as the
   * median.
   */
  readonly leastShift?: number;
  readonly deterministic: boolean;
}

/** Without a limit to the search for the hyperparameters. */
export type GpPriors = Omit<GpFitSettings, "maxEvaluations">;

/** A hyperparameter's bounds, the median of its log-normal prior with the standard deviation of the logarithm. */
interface Prior {
  readonly low: number;
  readonly high: number;
  readonly median: number;
  readonly deviation: number;
  /** Where the search starts, and where a second one does. */
  readonly starts: readonly [number, number];
}

/**
 * Bounds, priors and starts of the hyperparameters for d parameters in unit coordinates and standardised outputs.
 *
 * The radial kernels' length scales have the prior of Hvarfner et al., "Vanilla Bayesian optimization performs great in
 * high dimensions" (ICML 2024), whose median grows with the square root of d; in the ANOVA kernel a parameter's length
 * scale does not depend on how many others there are. The noise is taken for small unless the outputs show it, since a
 * noise level that is fitted freely costs digits where there is none.
 * `bent`: with the shapes of the inputs' warp.
 */
export function gpPriors(
  core: SurrogateCore,
  d: number,
  { kernel, warp, leastShift = 0.01, deterministic, bent = false }: GpAssumptions & { readonly bent?: boolean },
): GpPriors {
  const anova = kernel === "anova";
  const lengthscale: Prior = anova
    ? { low: 0.01, high: 100, median: 0.5, deviation: 1, starts: [0.5, 0.15] }
    : { low: 0.01, high: 100, median: 4.113 * Math.sqrt(d), deviation: Math.sqrt(3), starts: [0.5, 0.15] };
  const noise: Prior = { low: 1e-7, high: 1, median: 1e-6, deviation: 3, starts: [1e-4, 1e-4] };
  const start = Math.max(1, leastShift);
  const shift: Prior = { low: leastShift, high: 100, median: 2.7, deviation: 1.5, starts: [start, start] };
  const priors = [
    ...Array.from({ length: d }, () => lengthscale),
    { low: 0.05, high: 50, median: 1, deviation: 1, starts: [1, 1] },
    anova ? { low: 0.01, high: 100, median: 1, deviation: 2, starts: [1, 1] } : fixed(1),
    deterministic ? fixed(1e-7) : noise,
  ] as readonly Prior[];
  const shape: Prior = { low: 0.1, high: 10, median: 1, deviation: 0.75, starts: [1, 1] };
  const shapes = Array.from({ length: bent ? 2 * d : 0 }, () => shape);
  const logs = (valueOf: (prior: Prior) => number): Float64Array => {
    const all = [...priors.map(valueOf), warp ? valueOf(shift) : 1, ...shapes.map(valueOf)];
    const logarithms = Float64Array.from(all, (value) => log(core, value));
    if (!warp) logarithms[d + 3] = UNWARPED;
    return logarithms;
  };
  return {
    low: logs(({ low }) => low),
    high: logs(({ high }) => high),
    mean: logs(({ median }) => median),
    deviation: Float64Array.from([...priors, shift, ...shapes], ({ deviation }) => deviation),
    starts: [logs(({ starts }) => starts[0]), logs(({ starts }) => starts[1])],
  };
}

const fixed = (value: number): Prior => ({
  low: value,
  high: value,
  median: value,
  deviation: 1,
  starts: [value, value],
});
