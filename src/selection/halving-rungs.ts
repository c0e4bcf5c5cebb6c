import { expectInteger, expectNumber, VernierError } from "../core/errors.ts";

/** One round of successive halving. */
export interface Rung {
  /** From 0. */
  readonly iteration: number;
  readonly candidates: number;
  /** What each candidate gets: samples, or the value of the setting that is the resource. */
  readonly resources: number;
}

/** What the rungs follow from, checked by `halvingRungs`. */
export interface RungOptions {
  readonly candidates: number;
  readonly minResources: number;
  readonly maxResources: number;
  readonly factor: number;
  /** Whether to start from more than `minResources` where the last rung then comes closer to `maxResources`. */
  readonly exhaust: boolean;
  readonly aggressiveElimination: boolean;
}

/**
 * The rungs of successive halving: each lets ceil(candidates / factor) through to the next, which gives them `factor`
 * times the resources, until about `factor` are left or no more can be given. With `aggressiveElimination` the
 * first rungs are repeated at `minResources` until so few are left that the rest fits.
 * Throws `invalid-argument` for a factor <= 1, and resources that are no whole numbers in order.
 * Source: scikit-learn's HalvingGridSearchCV; Jamieson & Talwalkar (2016), Non-stochastic best arm identification.
 */
export function halvingRungs(options: RungOptions): readonly Rung[] {
  const factor = expectNumber("factor", options.factor, "a number > 1", (value) => value > 1);
  const most = expectInteger("maxResources", options.maxResources, 1);
  const least = expectInteger("minResources", options.minResources, 1);
  if (least > most) {
    throw new VernierError("invalid-argument", `"minResources": expected at most maxResources, ${most}, got ${least}`);
  }
  const needed = 1 + wholeLog(options.candidates, factor);
  const start = options.exhaust ? Math.max(least, Math.floor(most / power(factor, needed - 1))) : least;
  const possible = 1 + wholeLog(Math.floor(most / start), factor);
  const count = options.aggressiveElimination ? needed : Math.min(needed, possible);
  const rungs: Rung[] = [];
  let { candidates } = options;
  for (let iteration = 0; iteration < count; iteration++) {
    const raised = options.aggressiveElimination ? Math.max(0, iteration - needed + possible) : iteration;
    const resources = Math.min(most, Math.floor(power(factor, raised) * start));
    rungs.push({ iteration, candidates, resources });
    candidates = Math.ceil(candidates / factor);
  }
  return rungs;
}

// The greatest whole k with base^k <= value >= 1; logarithms would be off at powers of the base.
function wholeLog(value: number, base: number): number {
  let k = 0;
  for (let product = base; product <= value; product *= base) k++;
  return k;
}

function power(base: number, exponent: number): number {
  let product = 1;
  for (let k = 0; k < exponent; k++) product *= base;
  return product;
}
