import * as fc from "fast-check";
import { expect, test } from "vitest";
import { foldError } from "../../src/stopping/evaluation-error.ts";

const reported = (scores: readonly number[], value: number): number | null =>
  foldError({ intermediate: scores.map((score, k) => [k, score] as const), values: [value] });

test("is the corrected standard error of the mean over folds", () => {
  // s^2 = 2.5; 1/5 + 1/4.
  expect(reported([1, 2, 3, 4, 5], 3)).toBe(Math.sqrt((1 / 5 + 1 / 4) * 2.5));
  expect(reported([0, 1], 0.5)).toBe(Math.sqrt(1.5 * 0.5));
  expect(reported([0.9, 0.9, 0.9], 0.9)).toBeCloseTo(0, 15);
});

test("does not depend on the order of the folds, and scales with them", () => {
  const scores = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 12 });
  const property = fc.property(scores, (list) => {
    const mean = list.reduce((sum, score) => sum + score, 0) / list.length;
    const error = reported(list, mean) as number;
    expect(reported(list.toReversed(), mean)).toBeCloseTo(error, 9);
    expect(
      reported(
        list.map((score) => 4 * score),
        4 * mean,
      ),
    ).toBe(4 * error);
  });
  fc.assert(property);
});

test.each([
  ["a learning curve", [3, 2, 1], 1],
  ["one report", [2], 2],
  ["no report", [], 2],
  ["a report that is not finite", [1, Number.NaN], 1],
])("is not to be had from %s", (_, scores, value) => {
  expect(reported(scores, value)).toBeNull();
});

test("is not to be had without a value", () => {
  expect(
    foldError({
      intermediate: [
        [0, 1],
        [1, 2],
      ],
      values: null,
    }),
  ).toBeNull();
});
