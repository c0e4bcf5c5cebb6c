import { expectNumber, show, VernierError } from "../core/errors.ts";

/** How large the two sides of a split are. */
export interface SideSizes {
  /** Below 1 the share to test on, rounded up; from 1 on how many. Default the rest, or that of the splitter. */
  readonly testSize?: number;
  /** Below 1 the share to train on, rounded down; from 1 on how many. Default the rest. */
  readonly trainSize?: number;
}

/** Checks the sizes as they are given; throws `invalid-argument` for one that is no share and no whole number. */
export function checkSizes(sizes: SideSizes): SideSizes {
  for (const [name, size] of Object.entries({ testSize: sizes.testSize, trainSize: sizes.trainSize })) {
    if (size === undefined) continue;
    const expected = "a share between 0 and 1 or a whole number";
    expectNumber(name, size, expected, (value) => (value > 0 && value < 1) || (value >= 1 && Number.isInteger(value)));
  }
  return sizes;
}

/**
 * How many of n things (`what`: samples, groups) are tested and trained on.
 * Throws `invalid-argument` when a side is empty or both are more than there are.
 */
export function sideSizes(
  n: number,
  { testSize, trainSize }: SideSizes,
  defaultTestSize: number,
  what: string,
): { readonly test: number; readonly train: number } {
  const share = (size: number, round: (x: number) => number): number => (size < 1 ? round(size * n) : size);
  const train = trainSize === undefined ? null : share(trainSize, Math.floor);
  const test = testSize === undefined && train !== null ? n - train : share(testSize ?? defaultTestSize, Math.ceil);
  const rest = train ?? n - test;
  if (test >= 1 && rest >= 1 && test + rest <= n) return { test, train: rest };
  const given = `testSize ${show(testSize ?? (train === null ? defaultTestSize : "the rest"))}`;
  throw new VernierError(
    "invalid-argument",
    `"testSize": expected at least one of ${n} ${what} on either side, got ${given}, trainSize ${show(trainSize ?? "the rest")}`,
  );
}
