import { describe, expect, test } from "vitest";
import { type Matrix, toMatrix } from "../../src/core/matrix.ts";
import { makeScorer } from "../../src/metrics/index.ts";
import type { FittedRegressor } from "../../src/models/estimator.ts";
import { scoreFitted } from "../../src/selection/score-fitted.ts";
import { toMetrics } from "../../src/selection/scoring.ts";

// Predicts the first column.
const model: FittedRegressor = {
  features: 1,
  predict: (X) => (X as Matrix).data,
};
const X = toMatrix([[1], [2], [6]]);

describe("a regressor's score", () => {
  test("is of its predictions", () => {
    expect(scoreFitted(toMetrics("negMeanAbsoluteError"), model, X, [1, 3, 4])).toEqual([-1]);
    expect(scoreFitted(toMetrics("r2"), model, X, Float64Array.of(1, 2, 6))).toEqual([1]);
    const bias = makeScorer({
      name: "bias",
      needs: "values",
      greaterIsBetter: false,
      score: (yTrue, predicted) => predicted.reduce((sum, value, i) => sum + value - (yTrue[i] as number), 0),
    });
    expect(scoreFitted(toMetrics(bias), model, X, [1, 3, 4])).toEqual([-1]);
  });

  test("is none of classes", () => {
    for (const name of ["accuracy", "negLogLoss", "rocAuc"]) {
      expect(() => scoreFitted(toMetrics(name), model, X, [1, 2, 6])).toThrow(
        expect.objectContaining({
          code: "unsupported",
          message: `"scoring": expected a score of numbers for a regressor, got "${name}", a score of classes`,
        }),
      );
    }
  });

  test("refuses classes that are no numbers", () => {
    expect(() => scoreFitted(toMetrics("r2"), model, X, ["a", "b", "c"])).toThrow(
      expect.objectContaining({
        code: "invalid-data",
        message: '"yTrue": expected finite numbers, got "a" at position 0',
      }),
    );
  });
});
