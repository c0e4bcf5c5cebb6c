import type { Label } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";
import { mostLikely } from "./most-likely.ts";

/** As `mostLikely` for scores [m, k]; a single column is the second class's, against 0. */
export function highestScoring(scores: Matrix, classes: readonly Label[]): Label[] {
  if (scores.cols > 1) return mostLikely(scores, classes);
  return Array.from(scores.data, (score) => classes[score > 0 ? 1 : 0] as Label);
}
