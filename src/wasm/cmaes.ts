import type { Core } from "./core.ts";

/** What one generation of CMA-ES with a full covariance matrix starts from. */
export interface CmaesGeneration {
  /** Steps (x - mean) / sigma [lambda, n], best first. */
  readonly Y: Float64Array;
  /** [lambda], the first `mu` of them positive. */
  readonly weights: Float64Array;
  readonly mu: number;
  readonly muEff: number;
  /** Learning rates of the rank-one and the rank-mu update and of the two paths. */
  readonly c1: number;
  readonly cMu: number;
  readonly cSigma: number;
  readonly cC: number;
  /** The expected length of a standard normal vector. */
  readonly chiN: number;
  /** (1 - cSigma)^(2 (g + 1)) for generation g >= 1. */
  readonly unsettled: number;
  /** Longer steps are shortened to this, in standard deviations; Infinity: none. */
  readonly longestStep: number;
  /** C [n, n] = B^T D^2 B: rows of B [n, n] are unit eigenvectors, D [n] the roots of the eigenvalues, > 0. */
  readonly C: Float64Array;
  readonly B: Float64Array;
  readonly D: Float64Array;
  /** [n] each. */
  readonly pSigma: Float64Array;
  readonly pC: Float64Array;
}

/** What it ends in. */
export interface CmaesUpdate {
  /** The mean's step [n] in units of sigma. */
  readonly meanStep: Float64Array;
  readonly C: Float64Array;
  readonly pSigma: Float64Array;
  readonly pC: Float64Array;
  /** The length of pSigma. */
  readonly pathLength: number;
}

/** The evolution paths and the covariance matrix after one generation (Hansen 2016, eqs. 41 to 47). */
export function cmaesUpdate(core: Core, generation: CmaesGeneration): CmaesUpdate {
  const { Y, weights, mu, muEff, c1, cMu, cSigma, cC, chiN, unsettled, longestStep, B, D } = generation;
  const n = D.length;
  return core.scope((arena) => {
    const meanStep = arena.f64Alloc(n);
    const C = arena.f64(generation.C);
    const pSigma = arena.f64(generation.pSigma);
    const pC = arena.f64(generation.pC);
    const pathLength = core.exports.cmaesUpdate(
      n,
      weights.length,
      mu,
      arena.f64([muEff, c1, cMu, cSigma, cC, chiN, unsettled, longestStep]),
      arena.f64(Y),
      arena.f64(weights),
      arena.f64(B),
      arena.f64(D),
      C,
      pSigma,
      pC,
      meanStep,
    );
    return {
      meanStep: arena.readF64(meanStep, n),
      C: arena.readF64(C, n * n),
      pSigma: arena.readF64(pSigma, n),
      pC: arena.readF64(pC, n),
      pathLength,
    };
  });
}
