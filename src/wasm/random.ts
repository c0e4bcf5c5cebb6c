import { expectInteger, VernierError } from "../core/errors.ts";
import { purposeHash, type RandomKey } from "../core/key.ts";
import type { Core, CoreWith } from "./core.ts";

// Number i of a draw depends on the key and on i alone: a longer draw begins with the shorter one. Draws of
// two kinds under one key share their bits; give each purpose its own key.

const UINT32_MAX = 4294967295;
const TWO_32 = 4294967296;

export type StreamWords = readonly [seedLow: number, seedHigh: number, trial: number, purpose: number];

/** The four words that name the stream of a key. */
export function streamWords(key: RandomKey): StreamWords {
  const seed = expectInteger("seed", key.seed, 0);
  const trial = expectInteger("trial number", key.trial, 0, UINT32_MAX);
  return [seed >>> 0, Math.floor(seed / TWO_32), trial, purposeHash(key.purpose)];
}

function expectCount(count: number, offset: number): void {
  expectInteger("count", count, 0, 0x7fffffff);
  expectInteger("offset", offset, 0, UINT32_MAX);
}

/** Numbers `offset` ... `offset + count - 1` of the key's uniforms in [0, 1): multiples of 2^-53. */
export function uniforms(
  core: CoreWith<"randomUniforms">,
  key: RandomKey,
  count: number,
  offset: number = 0,
): Float64Array {
  expectCount(count, offset);
  return core.scope((arena) => {
    const out = arena.f64Alloc(count);
    core.exports.randomUniforms(...streamWords(key), offset, count, out);
    return arena.readF64(out, count);
  });
}

/** The key's first uniform in [0, 1). */
export function uniform(core: CoreWith<"randomUniforms">, key: RandomKey): number {
  return uniforms(core, key, 1)[0] as number;
}

/** The `purposeHash` of each purpose, for `firstUniforms`. */
export function purposeHashes(purposes: readonly string[]): Int32Array {
  return Int32Array.from(purposes, purposeHash);
}

/** The first uniform in [0, 1) [n] of each of the keys that have the seed and trial of `key` and one of the purposes [n]. */
export function firstUniforms(core: Core, key: Omit<RandomKey, "purpose">, purposes: Int32Array): Float64Array {
  const [seedLow, seedHigh, trial] = streamWords({ ...key, purpose: "" });
  const n = purposes.length;
  return core.scope((arena) => {
    const out = arena.f64Alloc(n);
    core.exports.randomFirstUniforms(seedLow, seedHigh, trial, arena.i32(purposes), n, out);
    return arena.readF64(out, n);
  });
}

/** Numbers `offset` ... `offset + count - 1` of the key's standard normals. */
export function normals(
  core: CoreWith<"randomNormals">,
  key: RandomKey,
  count: number,
  offset: number = 0,
): Float64Array {
  expectCount(count, offset);
  return core.scope((arena) => {
    const out = arena.f64Alloc(count);
    core.exports.randomNormals(...streamWords(key), offset, count, out);
    return arena.readF64(out, count);
  });
}

/** Numbers `offset` ... of the key's whole numbers in [0, bound), each equally likely; 1 <= bound <= 2^31. */
export function integers(
  core: CoreWith<"randomIntegers">,
  key: RandomKey,
  count: number,
  bound: number,
  offset: number = 0,
): Int32Array {
  expectCount(count, offset);
  expectInteger("bound", bound, 1, 2147483648);
  return core.scope((arena) => {
    const out = arena.i32Alloc(count);
    core.exports.randomIntegers(...streamWords(key), offset, count, bound, out);
    return arena.readI32(out, count);
  });
}

/** The key's permutation of 0 ... n - 1, each equally likely. */
export function permutation(core: CoreWith<"randomPermutation">, key: RandomKey, n: number): Int32Array {
  expectCount(n, 0);
  return core.scope((arena) => {
    const out = arena.i32Alloc(n);
    core.exports.randomPermutation(...streamWords(key), n, out);
    return arena.readI32(out, n);
  });
}

/** The parameters of a batch of truncated normals, each array [n]. */
export interface TruncatedNormals {
  readonly mu: ArrayLike<number>;
  /** Standard deviations before truncation, > 0. */
  readonly sigma: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

/**
 * The u[i]-quantile of the i-th truncated normal [n]: a draw, when u is uniform. Stable however far [low, high]
 * lies from mu; the result is always in [low, high].
 */
export function truncatedNormalQuantiles(
  core: CoreWith<"randomTruncatedNormals">,
  batch: TruncatedNormals,
  u: ArrayLike<number>,
): Float64Array {
  const n = u.length;
  for (const name of ["mu", "sigma", "low", "high"] as const) {
    if (batch[name].length !== n) {
      throw new VernierError("invalid-argument", `"${name}": expected ${n} numbers, got ${batch[name].length}`);
    }
  }
  return core.scope((arena) => {
    const out = arena.f64Alloc(n);
    core.exports.randomTruncatedNormals(
      arena.f64(batch.mu),
      arena.f64(batch.sigma),
      arena.f64(batch.low),
      arena.f64(batch.high),
      arena.f64(u),
      n,
      out,
    );
    return arena.readF64(out, n);
  });
}
