/**
 * The Kolmogorov-Smirnov statistic sqrt(n) max |F_n - F| of a sample against the distribution function `cdf`.
 * Above 1.63 with probability 0.01, above 1.95 with 0.001 when the sample is from the distribution.
 */
export function kolmogorovSmirnov(sample: ArrayLike<number>, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort();
  const n = sorted.length;
  let largest = 0;
  sorted.forEach((x, i) => {
    const p = cdf(x);
    largest = Math.max(largest, (i + 1) / n - p, p - i / n);
  });
  return largest * Math.sqrt(n);
}

/** The chi-squared statistic of counts against their expectations (equal ones when none are given). */
export function chiSquared(counts: ArrayLike<number>, expected?: ArrayLike<number>): number {
  const cells = Array.from(counts);
  const mean = cells.reduce((sum, c) => sum + c, 0) / cells.length;
  return cells.reduce((sum, c, i) => {
    const e = expected?.[i] ?? mean;
    return sum + (c - e) ** 2 / e;
  }, 0);
}

/**
 * A chi-squared number with `df` degrees of freedom as a standard normal one (Wilson and Hilferty's cube root;
 * good from df = 1 on): above 2.33 with probability 0.01, above 3.09 with 0.001.
 */
export function chiSquaredScore(statistic: number, df: number): number {
  const variance = 2 / (9 * df);
  return (Math.cbrt(statistic / df) - (1 - variance)) / Math.sqrt(variance);
}

/** Pearson's correlation coefficient. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length;
  const mean = (v: ArrayLike<number>): number => Array.from(v).reduce((sum, e) => sum + e, 0) / n;
  const mx = mean(x);
  const my = mean(y);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    const dx = (x[i] as number) - mx;
    const dy = (y[i] as number) - my;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xy / Math.sqrt(xx * yy);
}
