import type { Matrix } from "../../core/matrix.ts";
import { totalWeight } from "../weighted-rows.ts";

/** gamma as a number; "scale" takes the (weighted) population variance over all entries of X (1 when it is 0). */
export function gammaOf(gamma: number | "scale" | "auto", X: Matrix, weights: Float64Array | null): number {
  if (typeof gamma === "number") return gamma;
  if (gamma === "auto") return 1 / X.cols;
  const { data, rows, cols } = X;
  const total = totalWeight(weights, rows) * cols;
  // Plain loops: this is done for every fit of a search.
  let sum = 0;
  for (let i = 0, at = 0; i < rows; i++) {
    const weight = weights === null ? 1 : (weights[i] as number);
    for (const end = at + cols; at < end; at++) sum += weight * (data[at] as number);
  }
  const mean = sum / total;
  let squares = 0;
  for (let i = 0, at = 0; i < rows; i++) {
    const weight = weights === null ? 1 : (weights[i] as number);
    for (const end = at + cols; at < end; at++)
      squares += weight * (((data[at] as number) - mean) * ((data[at] as number) - mean));
  }
  const variance = squares / total;
  return 1 / (cols * (variance === 0 ? 1 : variance));
}
