/** The slopes of a function at `at` along some of its entries, by central differences. */
export function slopes(f: (x: Float64Array) => number, at: Float64Array, entries: readonly number[]): number[] {
  const step = 1e-5;
  return entries.map((entry) => {
    const moved = (by: number): number => {
      const x = at.slice();
      x[entry] = (x[entry] as number) + by;
      return f(x);
    };
    return (moved(step) - moved(-step)) / (2 * step);
  });
}

/** The largest difference, in parts of the largest number expected, or of 1. */
export function far(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  const scale = Math.max(1, ...Array.from(expected, Math.abs));
  return Math.max(...Array.from(found, (value, i) => Math.abs(value - (expected[i] as number)))) / scale;
}
