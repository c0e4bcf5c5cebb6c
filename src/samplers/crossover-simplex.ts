import { uniforms } from "../wasm/random.ts";
import type { Crossover } from "./crossover.ts";

/**
 * Simplex crossover: uniform in the simplex of the three parents, stretched around its center by `epsilon`.
 * Source: Tsutsui, Yamamura & Higuchi, "Multi-parent recombination with simplex crossover in real coded genetic
 * algorithms" (GECCO 1999).
 */
export function simplexCrossover(epsilon: number | null): NonNullable<Crossover["cross"]> {
  return (core, { parents, key }) => {
    const [a, b, c] = parents as readonly [readonly number[], readonly number[], readonly number[]];
    const stretch = epsilon ?? Math.sqrt(a.length + 2);
    const [u, v] = uniforms(core, key, 2) as unknown as [number, number];
    // Weights of the three corners, uniform over the simplex.
    const r = Math.sqrt(v);
    const [wa, wb, wc] = [u * r, (1 - u) * r, 1 - r];
    return a.map((x, j) => {
      const [y, z] = [b[j] as number, c[j] as number];
      const center = (x + y + z) / 3;
      return center + stretch * (wa * (x - center) + wb * (y - center) + wc * (z - center));
    });
  };
}
