import { uniforms } from "../wasm/random.ts";
import type { Crossover } from "./crossover.ts";

/**
 * BLX-alpha: uniform between the two parents and `alpha` times their distance beyond.
 * Source: Eshelman & Schaffer, "Real-coded genetic algorithms and interval-schemata" (FOGA 2, 1993).
 */
export function blendCrossover(alpha: number): NonNullable<Crossover["cross"]> {
  return (core, { parents, key }) => {
    const [a, b] = parents as readonly [readonly number[], readonly number[]];
    return uniforms(core, key, a.length).map((u, j) => {
      const low = Math.min(a[j] as number, b[j] as number);
      const width = Math.max(a[j] as number, b[j] as number) - low;
      return low - alpha * width + u * (1 + 2 * alpha) * width;
    });
  };
}
