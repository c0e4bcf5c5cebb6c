import type { CoreWith } from "../../wasm/core.ts";
import { integers, uniforms } from "../../wasm/random.ts";

/** Whose random numbers: those of a study's trial, of all its purposes. */
export interface TrialKey {
  readonly seed: number;
  readonly trial: number;
}

/** Seeds by a weight's name, each from the trial's key; a name asked for twice gets the same. */
export function weightSeeds(core: CoreWith<"randomIntegers">, key: TrialKey): (name: string) => number {
  // From 1: TensorFlow.js takes a seed of 0 for none.
  return (name) => 1 + (integers(core, { ...key, purpose: `weight/${name}` }, 1, 2_147_483_647)[0] as number);
}

const BLOCK = 64;

/** The key's uniforms in [0, 1), one a call, without the first `offset`. */
export function keyedRandom(
  core: CoreWith<"randomUniforms">,
  key: TrialKey,
  purpose: string,
  offset: number = 0,
): () => number {
  let block: Float64Array = new Float64Array(0);
  let next = 0;
  let start = offset;
  return () => {
    if (next === block.length) {
      start += next;
      block = uniforms(core, { ...key, purpose }, BLOCK, start);
      next = 0;
    }
    return block[next++] as number;
  };
}

/**
 * Runs `work` with `random` as the host's generator, which TensorFlow.js's unseeded layers (dropout, noise) draw from.
 * `work` must not wait for anything: nobody else may see the exchange.
 */
export function withRandom<T>(random: () => number, work: () => T): T {
  const host: { random: () => number } = Math;
  const before = host.random;
  host.random = random;
  try {
    return work();
  } finally {
    host.random = before;
  }
}
