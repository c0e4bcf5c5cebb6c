import { cardinality } from "../core/distribution.ts";
import { expectOneOf } from "../core/errors.ts";
import { isActive } from "../core/space.ts";
import { drawPrior } from "../wasm/draw.ts";
import { sobol } from "../wasm/sobol.ts";
import { halton, primes } from "./halton.ts";
import { memoOfSpace } from "./prefix-memo.ts";
import type { Sampler } from "./sampler.ts";

export interface QmcOptions {
  /** The sequence; `"sobol"` unless told otherwise. */
  readonly type?: "sobol" | "halton";
  /** Whether the study's seed scrambles the points; true unless told otherwise. */
  readonly scramble?: boolean;
}

/**
 * Quasi-Monte Carlo: trial k takes point k of a low-discrepancy sequence, so the trials fill the space more evenly
 * than random ones, whoever runs them. Every parameter with more than one value has a coordinate of its own, in
 * the order of the space, branches included: a uniform number turned into a value as `random` does, for a choice
 * the index is the floor of the coordinate times the number of choices. Inactive parameters leave theirs unused.
 *
 * Sobol: Joe and Kuo's direction numbers, Owen scrambling. Halton: one prime a parameter, digits scrambled
 * linearly. Unscrambled, the first points are the origin's. Throws `invalid-argument` for unknown options.
 */
export function qmc(options: QmcOptions = {}): Sampler {
  const type = expectOneOf("type", options.type ?? "sobol", ["sobol", "halton"] as const);
  const scramble = expectOneOf("scramble", options.scramble ?? true, [true, false]);
  const coordinatesOf = memoOfSpace((space) => {
    const names = space.filter(({ distribution }) => cardinality(distribution) > 1).map(({ name }) => name);
    return {
      dimensions: names.length,
      indexOf: new Map(names.map((name, j) => [name, j])),
      bases: type === "halton" ? primes(names.length) : [],
    };
  });
  return {
    name: "qmc",
    suggest(core, { space, directions, key }) {
      const { dimensions, indexOf, bases } = coordinatesOf(space, directions);
      const own = scramble ? { seed: key.seed, trial: 0, purpose: "qmc" } : null;
      const point =
        type === "sobol" && dimensions > 0
          ? sobol(core, { dimensions, count: 1, start: key.trial, scramble: own })
          : null;
      const internal: Record<string, number> = {};
      for (const param of space) {
        if (!isActive(param, internal)) continue;
        const j = indexOf.get(param.name);
        const u = j === undefined ? 0 : (point?.[j] ?? halton(core, bases[j] as number, j, key.trial, own));
        internal[param.name] = drawPrior(core, param.distribution, u);
      }
      return internal;
    },
  };
}
