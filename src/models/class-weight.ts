import { expectOneOf } from "../core/errors.ts";
import type { TrainingData } from "./training-data.ts";
import { type RowWeights, totalWeight } from "./weighted-rows.ts";

/** null: classes count as their rows do; "balanced": all classes count alike, the rows together as before. */
export type ClassWeight = null | "balanced";

export function checkClassWeight(value: unknown): ClassWeight {
  return expectOneOf<unknown>("classWeight", value, [null, "balanced"]) as ClassWeight;
}

/** What each row counts [n], or null for 1 each: its weight, for "balanced" times n / (k n_c), n by weight. */
export function rowWeights(data: TrainingData & RowWeights, classWeight: ClassWeight): Float64Array | null {
  const { labels, weights, X } = data;
  if (classWeight === null) return weights;
  const k = labels.classes.length;
  const counts = new Float64Array(k);
  const weightOf = (row: number): number => (weights === null ? 1 : (weights[row] as number));
  labels.codes.forEach((code, row) => {
    counts[code] = (counts[code] as number) + weightOf(row);
  });
  const total = totalWeight(weights, X.rows);
  const factors = counts.map((count) => total / (k * count));
  return Float64Array.from(labels.codes, (code, row) => weightOf(row) * (factors[code] as number));
}
