import type { Core } from "../wasm/core.ts";
import { log } from "../wasm/math.ts";

/** What CMA-ES keeps fixed in one run: functions of the dimension n and the population size lambda alone. */
export interface CmaesStrategy {
  readonly n: number;
  readonly lambda: number;
  /** Whether the covariance matrix stays diagonal. */
  readonly separable: boolean;
  /** How many of the best move the mean. */
  readonly mu: number;
  readonly muEff: number;
  /** [lambda], best first: the first mu sum to 1, the others are negative or 0. */
  readonly weights: Float64Array;
  readonly c1: number;
  readonly cMu: number;
  readonly cSigma: number;
  readonly dSigma: number;
  readonly cC: number;
  /** The expected length of a standard normal vector of n numbers. */
  readonly chiN: number;
}

/**
 * 4 + floor(1.5 ln n): more generations for the few hundred trials that a study has than the 4 + floor(3 ln n) of
 * Hansen (2016) would leave; see bench/NOTES.md.
 */
export function defaultPopulation(core: Core, n: number): number {
  return 4 + Math.floor(1.5 * log(core, n));
}

/**
 * The strategy parameters of Hansen, "The CMA evolution strategy: a tutorial" (2016), eqs. 48 to 58, with negative
 * weights for the worse half. A diagonal matrix has n numbers to learn in place of n (n + 1) / 2 and learns
 * (n + 2) / 3 times as fast: Ros and Hansen, "A simple modification in CMA-ES achieving linear time and space
 * complexity" (PPSN 2008).
 */
export function cmaesStrategy(core: Core, n: number, lambda: number, separable: boolean): CmaesStrategy {
  const mu = Math.floor(lambda / 2);
  const middle = log(core, (lambda + 1) / 2);
  const raw = Float64Array.from({ length: lambda }, (_, i) => middle - log(core, i + 1));
  const { sum: positive, effective: muEff } = total(raw.subarray(0, mu));
  const { sum: negative, effective: muEffMinus } = total(raw.subarray(mu));
  const speed = separable ? (n + 2) / 3 : 1;
  const c1 = Math.min(1, (speed * 2) / ((n + 1.3) * (n + 1.3) + muEff));
  const rankMu = (speed * 2 * (muEff - 2 + 1 / muEff)) / ((n + 2) * (n + 2) + muEff);
  // A little is left of the old matrix, however large the population.
  const cMu = Math.min(1 - c1 - 1e-8, rankMu);
  const most = Math.min(1 + c1 / cMu, 1 + (2 * muEffMinus) / (muEff + 2), (1 - c1 - cMu) / (n * cMu));
  return {
    n,
    lambda,
    separable,
    mu,
    muEff,
    weights: raw.map((weight) => (weight >= 0 ? weight / positive : (most * weight) / -negative)),
    c1,
    cMu,
    cSigma: (muEff + 2) / (n + muEff + 5),
    dSigma: 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + (muEff + 2) / (n + muEff + 5),
    cC: (4 + muEff / n) / (n + 4 + (2 * muEff) / n),
    chiN: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

/** The sum of the weights and the size of the sample of equal weights that would average as well. */
function total(weights: Float64Array): { readonly sum: number; readonly effective: number } {
  let sum = 0;
  let squares = 0;
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return { sum, effective: (sum * sum) / squares };
}
