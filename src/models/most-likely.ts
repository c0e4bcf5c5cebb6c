import type { Label } from "../core/labels.ts";
import { largestOfRows } from "../core/largest-of-rows.ts";
import type { Matrix } from "../core/matrix.ts";

/**
 * The class of the highest score in each row, the first of those that tie; of a single column, the second class where
 * it is positive.
 */
export function mostLikely({ data, rows, cols }: Matrix, classes: readonly Label[]): Label[] {
  if (cols === 1) return Array.from(data, (score) => classes[score > 0 ? 1 : 0] as Label);
  return Array.from(largestOfRows(data, rows), (k) => classes[k] as Label);
}
