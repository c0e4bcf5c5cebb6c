import { expectInteger } from "../core/errors.ts";
import type { RandomKey } from "../core/key.ts";
import type { CoreWith } from "./core.ts";
import { streamWords } from "./random.ts";

/** Which Sobol points. */
export interface SobolPoints {
  /** d >= 1. The first 161 have direction numbers of their own; later ones reuse them in another order. */
  readonly dimensions: number;
  /** n. */
  readonly count: number;
  /** Number of the first point, counted from 0. */
  readonly start: number;
  /** The key of Owen's scrambling; null: the plain sequence. */
  readonly scramble: RandomKey | null;
}

/**
 * Points [n, d], row by row, of Sobol's sequence with the direction numbers of Joe and Kuo, in Gray-code order.
 * Scrambled ones lie in (0, 1), plain ones in [0, 1): point 0 is the origin. A point depends on its number and the key
 * alone, a coordinate not on how many others there are.
 */
export function sobol(
  core: CoreWith<"randomSobol">,
  { dimensions, count, start, scramble }: SobolPoints,
): Float64Array {
  expectInteger("dimensions", dimensions, 1, 1000000);
  expectInteger("count", count, 0, 0x7fffffff);
  expectInteger("start", start, 0, 4294967296 - count);
  const words = streamWords(scramble ?? { seed: 0, trial: 0, purpose: "sobol" });
  return core.scope((arena) => {
    const out = arena.f64Alloc(count * dimensions);
    core.exports.randomSobol(...words, scramble === null ? 0 : 1, start, count, dimensions, out);
    return arena.readF64(out, count * dimensions);
  });
}
