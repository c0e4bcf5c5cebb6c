/**
 * Names one stream of random numbers: the same key gives the same numbers in every runtime, in every
 * order of calls. Nothing in the library draws random numbers in any other way.
 */
export interface RandomKey {
  /** The study's seed: a whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  /** Trial number, 0 to 2^32 - 1. */
  readonly trial: number;
  /** What the numbers are for: `"tpe"`, `"param:lr"`, `"shuffle"`. */
  readonly purpose: string;
}

/** 32-bit FNV-1a over the purpose's UTF-16 code units, low byte first. */
export function purposeHash(purpose: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < purpose.length; i++) {
    const unit = purpose.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}
