import type { CmaesGeneration, CmaesUpdate } from "../wasm/cmaes.ts";

/**
 * `cmaesUpdate` for a covariance matrix that is kept diagonal, C [n] = D^2, in O(lambda n).
 * Source: Ros and Hansen, "A simple modification in CMA-ES achieving linear time and space complexity" (PPSN 2008).
 */
export function separableUpdate(generation: Omit<CmaesGeneration, "B">): CmaesUpdate {
  const { weights, mu, muEff, c1, cMu, cSigma, cC, chiN, unsettled, longestStep, D } = generation;
  const n = D.length;
  const Y = generation.Y.slice();
  const meanStep = new Float64Array(n);
  const rankMu = new Float64Array(n);
  let sum = 0;
  weights.forEach((weight, k) => {
    const y = Y.subarray(k * n, (k + 1) * n);
    let square = squaredLength(y, D);
    if (square > longestStep * longestStep) {
      const shrink = longestStep / Math.sqrt(square);
      for (let j = 0; j < n; j++) y[j] = (y[j] as number) * shrink;
      square = longestStep * longestStep;
    }
    sum += weight;
    if (k < mu) for (let j = 0; j < n; j++) meanStep[j] = (meanStep[j] as number) + weight * (y[j] as number);
    // As in the full update: a bad step counts as one of length sqrt(n).
    const own = weight < 0 ? (weight * n) / (square + 1e-8) : weight;
    for (let j = 0; j < n; j++) rankMu[j] = (rankMu[j] as number) + own * (y[j] as number) * (y[j] as number);
  });
  const sigmaGain = Math.sqrt(cSigma * (2 - cSigma) * muEff);
  const pSigma = generation.pSigma.map(
    (p, j) => (1 - cSigma) * p + (sigmaGain * (meanStep[j] as number)) / (D[j] as number),
  );
  let squares = 0;
  for (const p of pSigma) squares += p * p;
  const pathLength = Math.sqrt(squares);
  const steady = pathLength / Math.sqrt(1 - unsettled) < (1.4 + 2 / (n + 1)) * chiN;
  const gain = steady ? Math.sqrt(cC * (2 - cC) * muEff) : 0;
  const pC = generation.pC.map((p, j) => (1 - cC) * p + gain * (meanStep[j] as number));
  const kept = 1 + (steady ? 0 : c1 * cC * (2 - cC)) - c1 - cMu * sum;
  const C = generation.C.map(
    (c, j) => kept * c + c1 * (pC[j] as number) * (pC[j] as number) + cMu * (rankMu[j] as number),
  );
  return { meanStep, C, pSigma, pC, pathLength };
}

function squaredLength(y: Float64Array, D: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < y.length; j++) {
    const z = (y[j] as number) / (D[j] as number);
    sum += z * z;
  }
  return sum;
}
