import type { Matrix } from "../../core/matrix.ts";

/** Weighted means and population variances of the columns within each of K groups of rows. */
export interface Moments {
  /** Sums of the weights [K]. */
  readonly totals: Float64Array;
  /** [K, d]. */
  readonly means: Float64Array;
  /** [K, d]. */
  readonly variances: Float64Array;
}

/**
 * Moments of X [n, d] in the groups that `codes` [n] numbers; in two passes, the second over the differences from the
 * means. A group whose weights sum to 0 has moments of NaN. `weights` [n], null: 1 each.
 */
export function classMoments(X: Matrix, codes: Int32Array, K: number, weights: Float64Array | null): Moments {
  const { data, rows, cols } = X;
  const totals = new Float64Array(K);
  const means = new Float64Array(K * cols);
  const variances = new Float64Array(K * cols);
  for (let i = 0; i < rows; i++) {
    const code = codes[i] as number;
    const weight = weights === null ? 1 : (weights[i] as number);
    totals[code] = (totals[code] as number) + weight;
    for (let j = 0; j < cols; j++) {
      const at = code * cols + j;
      means[at] = (means[at] as number) + weight * (data[i * cols + j] as number);
    }
  }
  for (let at = 0; at < means.length; at++) means[at] = (means[at] as number) / totalOf(at);
  for (let i = 0; i < rows; i++) {
    const code = codes[i] as number;
    const weight = weights === null ? 1 : (weights[i] as number);
    for (let j = 0; j < cols; j++) {
      const at = code * cols + j;
      const gap = (data[i * cols + j] as number) - (means[at] as number);
      variances[at] = (variances[at] as number) + weight * (gap * gap);
    }
  }
  for (let at = 0; at < variances.length; at++) variances[at] = (variances[at] as number) / totalOf(at);
  return { totals, means, variances };

  function totalOf(at: number): number {
    return totals[Math.floor(at / cols)] as number;
  }
}
