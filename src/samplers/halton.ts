import type { RandomKey } from "../core/key.ts";
import type { Core } from "../wasm/core.ts";
import { uniforms } from "../wasm/random.ts";

/** The first `count` primes. */
export function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) {
    if (isPrime(n, found)) found.push(n);
  }
  return found;
}

function isPrime(n: number, smaller: readonly number[]): boolean {
  for (const p of smaller) {
    if (p * p > n) return true;
    if (n % p === 0) return false;
  }
  return true;
}

/**
 * Coordinate `dimension` of Halton's point i, in [0, 1): the digits of i in the given base, mirrored at the point.
 * With a key every digit d becomes (a d + b) mod base, a and b drawn for its place: random linear scrambling with a
 * digital shift (Matousek, "On the L2-discrepancy for anchored boxes", 1998).
 */
export function halton(core: Core, base: number, dimension: number, i: number, scramble: RandomKey | null): number {
  if (scramble === null) {
    let digits = 0;
    let scale = 1;
    for (let rest = i; rest > 0; rest = Math.floor(rest / base)) {
      digits = digits * base + (rest % base);
      scale *= base;
    }
    return digits / scale;
  }
  let places = 0;
  for (let range = 1; range < 4503599627370496; range *= base) places++;
  const purpose = `${scramble.purpose}/halton/${dimension}`;
  const u = uniforms(core, { ...scramble, purpose }, 2 * places);
  let x = 0;
  let width = 1;
  let rest = i;
  for (let j = 0; j < places; j++) {
    const a = 1 + Math.floor((u[2 * j] as number) * (base - 1));
    const b = Math.floor((u[2 * j + 1] as number) * base);
    width /= base;
    x += ((a * (rest % base) + b) % base) * width;
    rest = Math.floor(rest / base);
  }
  return Math.min(x, 1 - 1.1102230246251565e-16);
}
