import { expectInteger, expectNumber, expectOneOf } from "../../core/errors.ts";
import { choice, int, type Space } from "../../core/space.ts";
import { mergeParams } from "../merge-params.ts";

const metrics = ["euclidean", "manhattan", "minkowski", "chebyshev", "cosine"] as const;
const weightings = ["uniform", "distance"] as const;

/** Settings of the nearest-neighbor models; names and meanings are scikit-learn's, but for k, its n_neighbors. */
export type NeighborsParams = {
  /** How many neighbors decide, a whole number >= 1 and at most the number of training rows. */
  readonly k: number;
  /** "uniform": each neighbor counts 1; "distance": 1 / distance, and where some are at distance 0 these alone count. */
  readonly weights: (typeof weightings)[number];
  /**
   * "euclidean", "manhattan" (sum of differences), "minkowski" (with power p), "chebyshev" (largest difference), or
   * "cosine": 1 minus the cosine of the angle; a row of zeros is at distance 1 from every row.
   */
  readonly metric: (typeof metrics)[number];
  /** Power of "minkowski", a finite number >= 1; 1 is "manhattan" and 2 "euclidean". */
  readonly p: number;
};

const defaults: NeighborsParams = { k: 5, weights: "uniform", metric: "euclidean", p: 2 };

/** `base` with `changes`, checked and frozen; throws `invalid-argument` for an unknown name or a value not allowed. */
export function neighborsParams(
  model: string,
  changes: Readonly<Record<string, unknown>>,
  base: NeighborsParams = defaults,
): Readonly<NeighborsParams> {
  const params = mergeParams(model, changes, base);
  return Object.freeze({
    k: expectInteger("k", params.k, 1),
    weights: expectOneOf("weights", params.weights, weightings),
    metric: expectOneOf("metric", params.metric, metrics),
    p: expectNumber("p", params.p, "a finite number >= 1", (value) => value >= 1),
  });
}

/** k from 1 to 50 by its logarithm, the weights, and three metrics. */
export function neighborsSpace(): Space {
  return {
    k: int(1, 50, { log: true }),
    weights: choice([...weightings]),
    metric: choice(["euclidean", "manhattan", "cosine"]),
  };
}
