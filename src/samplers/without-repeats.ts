import { cardinality } from "../core/distribution.ts";
import type { FlatSpace } from "../core/space.ts";
import { freePoints, nextFree } from "./free-points.ts";
import { memoOfSpace } from "./prefix-memo.ts";
import type { Sampler, Suggestion } from "./sampler.ts";

/** How often the wrapped sampler is asked for another point. */
const ATTEMPTS = 8;

/**
 * Another sampler that tries no point of a discrete space twice, however the first trial of it ended, and suggests
 * nothing once all have been tried: the study ends, unless objectives ask for parameters by name, where a point is not
 * all there is to a trial. A point that is taken is replaced by what the wrapped sampler would say with another seed, or,
 * when that is taken time and again, by the next free one in the order of the grid. Spaces with a continuous parameter are
 * searched as ever. Beyond 2^53 combinations repeats go unnoticed.
 */
export function withoutRepeats(sampler: Sampler): Sampler {
  const freeOf = memoOfSpace((space) => (isDiscrete(space) ? freePoints(space) : null));
  return {
    name: `withoutRepeats(${sampler.name})`,
    check: (space, directions) => sampler.check?.(space, directions),
    prepare: (input) => sampler.prepare?.(input),
    suggest(core, input) {
      const free = freeOf(input.space, input.directions)?.(input.history, input.pending) ?? null;
      if (free === null) return sampler.suggest(core, input);
      let k = -1;
      let last: Suggestion = {};
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const found = sampler.suggest(core, {
          ...input,
          key: { ...input.key, seed: otherSeed(input.key.seed, attempt) },
        });
        if (found === null) return null;
        last = found;
        k = free.points.indexOf(found);
        // Points without a number are too many for one of them to come twice.
        if (k < 0 || free.isFree(k)) return found;
      }
      const next = nextFree(free, k);
      if (next >= 0) return free.points.at(next);
      return input.growing === true ? last : null;
    },
  };
}

export function isDiscrete(space: FlatSpace): boolean {
  return space.every(({ distribution }) => cardinality(distribution) < Number.POSITIVE_INFINITY);
}

/** Seeds are whole numbers up to 2^53 - 1. */
function otherSeed(seed: number, attempt: number): number {
  return (seed + attempt * 0x9e3779b9) % Number.MAX_SAFE_INTEGER;
}
