import type { Label } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";

/** The class of the highest score in each row of scores [m, classes]; the first of those that tie. */
export function mostLikely({ data, rows, cols }: Matrix, classes: readonly Label[]): Label[] {
  return Array.from({ length: rows }, (_, i) => {
    const first = i * cols;
    let best = first;
    for (let at = first + 1; at < first + cols; at++) if ((data[at] as number) > (data[best] as number)) best = at;
    return classes[best - first] as Label;
  });
}
