/**
 * The value at x of the line through the points (xs[k], ys[k]), xs ascending, at least one; the first or last y
 * beyond them. Where several points share an x, the last of them counts.
 */
export function interpolate(x: number, xs: Float64Array, ys: Float64Array): number {
  const last = xs.length - 1;
  if (Number.isNaN(x)) return x;
  if (x < (xs[0] as number)) return ys[0] as number;
  if (x >= (xs[last] as number)) return ys[last] as number;
  // xs[low] <= x < xs[high]
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((xs[middle] as number) <= x) low = middle;
    else high = middle;
  }
  const left = xs[low] as number;
  const slope = ((ys[high] as number) - (ys[low] as number)) / ((xs[high] as number) - left);
  return slope * (x - left) + (ys[low] as number);
}
