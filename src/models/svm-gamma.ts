import type { Matrix } from "../core/matrix.ts";
import { totalWeight } from "./weighted-rows.ts";

/** gamma as a number; "scale" takes the (weighted) population variance over all entries of X (1 when it is 0). */
export function gammaOf(gamma: number | "scale" | "auto", X: Matrix, weights: Float64Array | null): number {
  if (typeof gamma === "number") return gamma;
  if (gamma === "auto") return 1 / X.cols;
  const total = totalWeight(weights, X.rows) * X.cols;
  const mean = weightedSum(X, weights, (x) => x) / total;
  const variance = weightedSum(X, weights, (x) => (x - mean) * (x - mean)) / total;
  return 1 / (X.cols * (variance === 0 ? 1 : variance));
}

function weightedSum({ data, cols }: Matrix, weights: Float64Array | null, of: (x: number) => number): number {
  let sum = 0;
  if (weights === null) for (let at = 0; at < data.length; at++) sum += of(data[at] as number);
  else {
    for (let at = 0; at < data.length; at++) sum += (weights[Math.floor(at / cols)] as number) * of(data[at] as number);
  }
  return sum;
}
