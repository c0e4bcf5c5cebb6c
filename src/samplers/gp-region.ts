/** A trust region: where to look for the next trial, and the rows it began with. */
export interface TrustRegion {
  /** The first row that belongs to it. */
  readonly start: number;
  /** The row in its middle: the best one of its own. */
  readonly center: number;
  /** Its edges' length in unit coordinates. */
  readonly length: number;
}

const FIRST_LENGTH = 0.8;
const LONGEST = 1.6;
const SHORTEST = 1 / 128;
const SUCCESSES = 3;

/** By how much of the best value a trial must improve on it to count as a success. */
const GAIN = 1e-3;

/**
 * The trust region after these losses, in the order of the trials: it doubles after three improvements in a row,
 * halves after as many failures in a row as there are parameters (at least 4), and when it is too small another one
 * begins, anywhere, with `startup` rows of its own.
 * Source: Eriksson et al., "Scalable global optimization via local Bayesian optimization" (TuRBO; NeurIPS 2019).
 */
export function trustRegion(losses: Float64Array, d: number, startup: number): TrustRegion {
  const failuresAllowed = Math.max(4, d);
  let start = 0;
  let center = 0;
  let length = FIRST_LENGTH;
  let successes = 0;
  let failures = 0;
  for (let i = 0; i < losses.length; i++) {
    const best = losses[center] as number;
    const loss = losses[i] as number;
    const improves = i > start && loss < best;
    const succeeds = i === start || loss < best - GAIN * Math.abs(best);
    if (improves) center = i;
    if (i - start < startup) continue;
    successes = succeeds ? successes + 1 : 0;
    failures = succeeds ? 0 : failures + 1;
    if (successes === SUCCESSES) {
      length = Math.min(2 * length, LONGEST);
      successes = 0;
    } else if (failures === failuresAllowed) {
      length /= 2;
      failures = 0;
    }
    if (length >= SHORTEST) continue;
    start = i + 1;
    center = i + 1;
    length = FIRST_LENGTH;
    successes = 0;
    failures = 0;
  }
  return { start, center, length };
}
