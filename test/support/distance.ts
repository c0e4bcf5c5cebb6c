type Numbers = number | ArrayLike<number> | readonly ArrayLike<number>[];

/**
 * The largest difference of two numbers at the same place, divided by the second where that is above 1; Infinity for
 * lists of unequal lengths. "inf" stands for Infinity.
 */
export function distance(actual: Numbers, expected: unknown): number {
  const [got, wanted] = [flatten(actual), flatten(expected)];
  if (got.length !== wanted.length) return Number.POSITIVE_INFINITY;
  const differences = got.map((value, i) => {
    const other = wanted[i] as number;
    return value === other ? 0 : Math.abs(value - other) / Math.max(1, Math.abs(other));
  });
  return Math.max(0, ...differences);
}

function flatten(values: unknown): number[] {
  if (values === "inf") return [Number.POSITIVE_INFINITY];
  return typeof values === "number" ? [values] : Array.from(values as ArrayLike<unknown>).flatMap(flatten);
}
