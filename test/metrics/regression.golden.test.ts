import { describe, expect, test } from "vitest";
import {
  explainedVariance,
  maxError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogError,
  medianAbsoluteError,
  pinballLoss,
  r2,
  rootMeanSquaredError,
  rootMeanSquaredLogError,
} from "../../src/metrics/index.ts";
import { meanSquaredLogErrorWith } from "../../src/metrics/squared-error.ts";
import { cores, mathCores } from "../support/cores.ts";
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly name: string;
  readonly y_true: number[];
  readonly y_pred: number[];
  readonly sample_weight?: number[] | null;
  readonly [figure: string]: unknown;
}

const first = vectors<{ cases: Case[] }>("metrics.json").cases.filter(({ name }) => name === "regression");
const cases = [...first, ...vectors<{ regression: Case[] }>("metrics-weighted.json").regression];

test("there are cases with and without weights", () => {
  expect(cases.map(({ sample_weight }) => sample_weight != null)).toEqual([false, false, true, false, true]);
});

describe.each(cases)("$name, as scikit-learn has it", (golden) => {
  const { y_true, y_pred } = golden;
  const weight = golden.sample_weight == null ? {} : { sampleWeight: golden.sample_weight };
  const figures: Record<string, () => number> = {
    mse: () => meanSquaredError(y_true, y_pred, weight),
    rmse: () => rootMeanSquaredError(y_true, y_pred, weight),
    mae: () => meanAbsoluteError(y_true, y_pred, weight),
    median_ae: () => medianAbsoluteError(y_true, y_pred, weight),
    mape: () => meanAbsolutePercentageError(y_true, y_pred, weight),
    max_error: () => maxError(y_true, y_pred),
    r2: () => r2(y_true, y_pred, weight),
    explained_variance: () => explainedVariance(y_true, y_pred, weight),
    "pinball_0.1": () => pinballLoss(y_true, y_pred, { ...weight, alpha: 0.1 }),
    "pinball_0.5": () => pinballLoss(y_true, y_pred, weight),
    "pinball_0.9": () => pinballLoss(y_true, y_pred, { ...weight, alpha: 0.9 }),
    msle: () => meanSquaredLogError(y_true, y_pred, weight),
    rmsle: () => rootMeanSquaredLogError(y_true, y_pred, weight),
  };

  test.each(Object.keys(figures).filter((name) => name in golden))("%s", (name) => {
    const [actual, expected] = [(figures[name] as () => number)(), golden[name] as number];
    expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(expected)));
  });

  test.runIf("msle" in golden)("the logarithmic error is the same in all builds", () => {
    const values = [...cores, ...mathCores].map(({ core }) => meanSquaredLogErrorWith(core, y_true, y_pred, weight));
    expect(new Set([...values, meanSquaredLogError(y_true, y_pred, weight)]).size).toBe(1);
  });
});
