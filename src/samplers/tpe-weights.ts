/** How many of n trials count as good, as Optuna has it: a tenth, rounded up, at most 25. */
export function defaultGamma(n: number): number {
  return Math.min(Math.ceil(0.1 * n), 25);
}

/** Weights of n trials, oldest first, as Optuna has them: 1 for the last 25, a ramp from 1 / n to 1 before. */
export function defaultWeights(n: number): Float64Array {
  const weights = new Float64Array(n).fill(1);
  const ramp = n - 25;
  if (ramp < 1) return weights;
  const slope = ramp === 1 ? 0 : (1 - 1 / n) / (ramp - 1);
  for (let i = 0; i < ramp; i++) weights[i] = i > 0 && i === ramp - 1 ? 1 : 1 / n + i * slope;
  return weights;
}

/** 1 for each of n trials. */
export function equalWeights(n: number): Float64Array {
  return new Float64Array(n).fill(1);
}
