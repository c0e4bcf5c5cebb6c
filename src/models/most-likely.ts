import type { Label } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";

/**
 * The class of the highest score in each row, the first of those that tie; of a single column, the second class where
 * it is positive.
 */
export function mostLikely({ data, rows, cols }: Matrix, classes: readonly Label[]): Label[] {
  if (cols === 1) return Array.from(data, (score) => classes[score > 0 ? 1 : 0] as Label);
  return Array.from({ length: rows }, (_, i) => {
    const row = data.subarray(i * cols, (i + 1) * cols);
    let best = 0;
    for (let k = 1; k < cols; k++) if ((row[k] as number) > (row[best] as number)) best = k;
    return classes[best] as Label;
  });
}
