import { uniforms } from "../../src/wasm/random.ts";
import { trees } from "./cores.ts";

/** Uniforms of a seed. */
export const boostDraws = (seed: number, count: number): Float64Array =>
  uniforms(trees, { seed, trial: 0, purpose: "t" }, count);

/** n rows of d uniforms, and a target that depends on the first two columns. */
export function boostSample(seed: number, n: number, d: number): { readonly X: number[][]; readonly y: number[] } {
  const u = boostDraws(seed, n * (d + 1));
  const X = Array.from({ length: n }, (_, i) => [...u.subarray(i * d, (i + 1) * d)]);
  const y = X.map(([a, b], i) => 3 * (a as number) * (a as number) + (b as number) + 0.1 * (u[n * d + i] as number));
  return { X, y };
}
