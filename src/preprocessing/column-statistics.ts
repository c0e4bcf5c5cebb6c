import type { Matrix } from "../core/matrix.ts";

// Statistics of each column over the numbers that are there; NaN where a column has none. Sums run down the rows.

/** How many numbers each column has. */
export function counts({ data, rows, cols }: Matrix): Int32Array {
  const n = new Int32Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) if (!Number.isNaN(data[i * cols + j])) n[j] = (n[j] as number) + 1;
  }
  return n;
}

/** The mean of each column. */
export function means(X: Matrix): Float64Array {
  const n = counts(X);
  const sums = sumsOf(X, (x) => x);
  return sums.map((sum, j) => sum / (n[j] as number));
}

/** The variance of each column about its mean, taken as the whole population. */
export function variances(X: Matrix, mean: Float64Array): Float64Array {
  const n = counts(X);
  const squares = sumsOf(X, (x, j) => (x - (mean[j] as number)) * (x - (mean[j] as number)));
  // What rounding left in the mean is taken off again.
  const rest = sumsOf(X, (x, j) => x - (mean[j] as number));
  return squares.map((sum, j) => {
    const count = n[j] as number;
    const left = rest[j] as number;
    return (sum - (left * left) / count) / count;
  });
}

/** The least and the greatest number of each column. */
export function ranges({ data, rows, cols }: Matrix): { readonly min: Float64Array; readonly max: Float64Array } {
  const min = new Float64Array(cols).fill(Number.NaN);
  const max = new Float64Array(cols).fill(Number.NaN);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const x = data[i * cols + j] as number;
      if (x < (min[j] as number) || Number.isNaN(min[j])) min[j] = x;
      if (x > (max[j] as number) || Number.isNaN(max[j])) max[j] = x;
    }
  }
  return { min, max };
}

/** The numbers of column j that are there, ascending. */
export function sortedColumn({ data, rows, cols }: Matrix, j: number): Float64Array {
  const column = new Float64Array(rows);
  for (let i = 0; i < rows; i++) column[i] = data[i * cols + j] as number;
  // NaN sorts to the end.
  column.sort();
  let n = rows;
  while (n > 0 && Number.isNaN(column[n - 1])) n--;
  return column.subarray(0, n);
}

/** The p-quantile of sorted numbers, 0 <= p <= 1, linear between them; NaN for none. */
export function quantile(sorted: Float64Array, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = p * (sorted.length - 1);
  const k = Math.floor(at);
  const low = sorted[k] as number;
  const high = sorted[Math.min(k + 1, sorted.length - 1)] as number;
  const share = at - k;
  return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
}

/**
 * By what a column is divided: its spread, or 1 where that is 0 but for rounding, so that a constant column
 * becomes 0 rather than noise.
 */
export function scaleOf(spread: number): number {
  return spread < 10 * Number.EPSILON ? 1 : spread;
}

/** Whether a variance is what rounding alone makes of n equal numbers. */
export function isConstant(variance: number, mean: number, n: number): boolean {
  const rounding = n * mean * Number.EPSILON;
  return variance <= n * Number.EPSILON * variance + rounding * rounding;
}

/** X with each entry of column j replaced by `f(entry, j)`. */
export function mapColumns({ data, rows, cols }: Matrix, f: (x: number, j: number) => number): Matrix {
  const mapped = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) mapped[i * cols + j] = f(data[i * cols + j] as number, j);
  }
  return { data: mapped, rows, cols };
}

function sumsOf({ data, rows, cols }: Matrix, f: (x: number, j: number) => number): Float64Array {
  const sums = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const x = data[i * cols + j] as number;
      if (!Number.isNaN(x)) sums[j] = (sums[j] as number) + f(x, j);
    }
  }
  return sums;
}
