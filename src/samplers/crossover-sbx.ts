import type { Core } from "../wasm/core.ts";
import { exp, log } from "../wasm/math.ts";
import { uniforms } from "../wasm/random.ts";
import type { Crossover } from "./crossover.ts";

type Cross = NonNullable<Crossover["cross"]>;
/** One gene of each of two children, from those of two parents and a uniform number. */
type Children = (core: Core, a: number, b: number, u: number, eta: number) => readonly [number, number];

/**
 * Simulated binary crossover: two children, each spread around one of the parents as the children of one-point
 * crossover over binary strings are, and within [0, 1].
 * Source: Deb & Agrawal, "Simulated binary crossover for continuous search space" (Complex Systems 9, 1995), in the
 * bounded form of NSGA-II.
 */
export const sbxCrossover = (eta: number | null): Cross => halfOfGenes(eta, boundedChildren);

/**
 * The variant that reaches either side of a parent, so that no region near it is left out.
 * Source: Ballester & Carter, "Real-parameter genetic algorithms for finding multiple optimal solutions in
 * multi-modal optimization" (GECCO 2003).
 */
export const vsbxCrossover = (eta: number | null): Cross => halfOfGenes(eta, twoSidedChildren);

// A gene comes from one of the two children or, as often, unchanged from one of the parents; either one is as likely.
function halfOfGenes(given: number | null, childrenOf: Children): Cross {
  return (core, { parents, objectives, key }) => {
    const [a, b] = parents as readonly [readonly number[], readonly number[]];
    const eta = given ?? (objectives > 1 ? 20 : 2);
    const draws = uniforms(core, key, 3 * a.length);
    return a.map((x, j) => {
      const [spread, which, changed] = draws.subarray(3 * j) as unknown as [number, number, number];
      const y = b[j] as number;
      const pair = changed < 0.5 && x !== y ? childrenOf(core, x, y, spread, eta) : [x, y];
      return pair[which < 0.5 ? 0 : 1] as number;
    });
  };
}

function boundedChildren(core: Core, x: number, y: number, u: number, eta: number): readonly [number, number] {
  const low = Math.min(x, y);
  const high = Math.max(x, y);
  const width = high - low;
  // The spread that just reaches the end of the range has probability 0.
  const spread = (room: number): number => {
    const alpha = 2 - power(core, 1 + (2 * room) / width, -(eta + 1));
    return power(core, u * alpha <= 1 ? u * alpha : 1 / (2 - u * alpha), 1 / (eta + 1));
  };
  return [0.5 * (low + high - spread(low) * width), 0.5 * (low + high + spread(1 - high) * width)];
}

function twoSidedChildren(core: Core, x: number, y: number, u: number, eta: number): readonly [number, number] {
  const [near, far, tail] = u <= 0.5 ? [x, y, 2 * u] : [y, x, 2 * (1 - u)];
  const beta = power(core, 1 / Math.max(tail, 1e-10), 1 / (eta + 1));
  const shift = 0.5 * (beta - 1) * (near - far);
  return [near + shift, near - shift];
}

const power = (core: Core, base: number, exponent: number): number =>
  base === 0 ? 0 : exp(core, exponent * log(core, base));
