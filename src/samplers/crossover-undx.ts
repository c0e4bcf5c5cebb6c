import { normals } from "../wasm/random.ts";
import type { Crossover } from "./crossover.ts";

/**
 * Unimodal normal distribution crossover: normal around the middle of two parents, along the line through them by
 * their distance, across it by the third parent's distance to it.
 * Source: Ono & Kobayashi, "A real-coded genetic algorithm for function optimization using unimodal normal
 * distribution crossover" (ICGA 1997).
 */
export function undxCrossover(sigmaXi: number, sigmaEta: number | null): NonNullable<Crossover["cross"]> {
  return (core, { parents, key }) => {
    const [a, b, c] = parents as readonly [readonly number[], readonly number[], readonly number[]];
    const n = a.length;
    const across = sigmaEta ?? 0.35 / Math.sqrt(n);
    const line = b.map((y, j) => y - (a[j] as number));
    const squared = dot(line, line);
    // Beside the line: what is left of a vector once its part along the line is taken off.
    const beside = (vector: readonly number[]): number[] => {
      const along = squared > 0 ? dot(vector, line) / squared : 0;
      return vector.map((x, j) => x - along * (line[j] as number));
    };
    const offset = beside(c.map((z, j) => z - (a[j] as number)));
    const distance = Math.sqrt(dot(offset, offset));
    const [xi, ...z] = normals(core, key, n + 1) as unknown as [number, ...number[]];
    const noise = beside(z);
    return a.map(
      (x, j) =>
        0.5 * (x + (b[j] as number)) + sigmaXi * xi * (line[j] as number) + across * distance * (noise[j] as number),
    );
  };
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] as number) * (b[j] as number);
  return sum;
}
