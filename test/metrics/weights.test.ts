import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  accuracy,
  averagePrecision,
  balancedAccuracy,
  brierScore,
  classificationReport,
  cohenKappa,
  confusionMatrix,
  explainedVariance,
  f1,
  fBeta,
  jaccard,
  logLoss,
  matthewsCorrelation,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogError,
  medianAbsoluteError,
  pinballLoss,
  precision,
  precisionRecallCurve,
  r2,
  recall,
  rocAuc,
  rocCurve,
  topKAccuracy,
  type WeightOptions,
} from "../../src/metrics/index.ts";
import { distance } from "../support/distance.ts";

// One sample of each class comes first, with weight 1, so that none is empty.
interface Sample {
  readonly label: number;
  readonly guess: number;
  readonly proba: readonly number[];
  readonly value: number;
  readonly prediction: number;
  readonly weight: number;
}

const sample: fc.Arbitrary<Sample> = fc.record({
  label: fc.nat(2),
  guess: fc.nat(2),
  proba: fc.tuple(fc.nat(8), fc.nat(8)).map(([a, b]) => [(8 + a) / 32, (8 + b) / 32, (16 - a - b) / 32]),
  value: fc.nat(12),
  prediction: fc.nat(12),
  weight: fc.nat(3),
});
const samples = fc
  .tuple(fc.array(sample, { minLength: 3, maxLength: 3 }), fc.array(sample, { maxLength: 20 }))
  .map(([first, rest]) => [...first.map((one, label) => ({ ...one, label, weight: 1 })), ...rest]);

const twoClass = (rows: readonly Sample[]): [number[], number[]] => [
  rows.map(({ label }) => Math.min(label, 1)),
  rows.map(({ proba }) => proba[0] as number),
];
const labelPairs = (rows: readonly Sample[]): [number[], number[]] => [
  rows.map(({ label }) => label),
  rows.map(({ guess }) => guess),
];
const valuePairs = (rows: readonly Sample[]): [number[], number[]] => [
  rows.map(({ value }) => value),
  rows.map(({ prediction }) => prediction),
];
const tables = (rows: readonly Sample[]): [number[], number[][]] => [
  rows.map(({ label }) => label),
  rows.map(({ proba }) => [...proba]),
];
const labels = [0, 1, 2];

const metrics: Record<string, (rows: readonly Sample[], weight: WeightOptions) => number | ArrayLike<number>> = {
  accuracy: (rows, w) => accuracy(...labelPairs(rows), w),
  balancedAccuracy: (rows, w) => balancedAccuracy(...labelPairs(rows), { ...w, adjusted: true }),
  confusionMatrix: (rows, w) => confusionMatrix(...labelPairs(rows), { ...w, labels }).counts.flat(),
  precision: (rows, w) => precision(...labelPairs(rows), { ...w, average: "weighted" }),
  recall: (rows, w) => recall(...labelPairs(rows), { ...w, average: "weighted" }),
  f1: (rows, w) => f1(...labelPairs(rows), { ...w, average: "micro" }),
  fBeta: (rows, w) => fBeta(...labelPairs(rows), { ...w, average: "weighted", beta: 3 }),
  jaccard: (rows, w) => jaccard(...labelPairs(rows), { ...w, average: "weighted" }),
  matthewsCorrelation: (rows, w) => matthewsCorrelation(...labelPairs(rows), w),
  cohenKappa: (rows, w) => cohenKappa(...labelPairs(rows), { ...w, labels, weights: "quadratic" }),
  classificationReport: (rows, w) =>
    classificationReport(...labelPairs(rows), { ...w, labels }).classes.flatMap((row) => [
      row.precision,
      row.recall,
      row.f1,
      row.support,
    ]),
  logLoss: (rows, w) => logLoss(...tables(rows), w),
  brierScore: (rows, w) => brierScore(...tables(rows), w),
  topKAccuracy: (rows, w) => topKAccuracy(...tables(rows), w),
  rocAuc: (rows, w) => rocAuc(...tables(rows), { ...w, average: "weighted" }),
  averagePrecision: (rows, w) => averagePrecision(...tables(rows), { ...w, average: "weighted" }),
  rocCurve: (rows, w) => rocCurve(...twoClass(rows), { ...w, dropIntermediate: false }).truePositiveRate,
  precisionRecallCurve: (rows, w) => precisionRecallCurve(...twoClass(rows), w).precision,
  meanSquaredError: (rows, w) => meanSquaredError(...valuePairs(rows), w),
  meanAbsoluteError: (rows, w) => meanAbsoluteError(...valuePairs(rows), w),
  medianAbsoluteError: (rows, w) => medianAbsoluteError(...valuePairs(rows), w),
  meanAbsolutePercentageError: (rows, w) => meanAbsolutePercentageError(...valuePairs(rows), w),
  meanSquaredLogError: (rows, w) => meanSquaredLogError(...valuePairs(rows), w),
  pinballLoss: (rows, w) => pinballLoss(...valuePairs(rows), { ...w, alpha: 0.8 }),
  r2: (rows, w) => r2(...valuePairs(rows), w),
  explainedVariance: (rows, w) => explainedVariance(...valuePairs(rows), w),
};

describe.each(Object.entries(metrics))("%s", (_, metric) => {
  const weigh = (rows: readonly Sample[], factor: number = 1): WeightOptions => ({
    sampleWeight: rows.map(({ weight }) => weight * factor),
  });

  test("takes a weight of k for k samples", () => {
    const property = fc.property(samples, (rows) => {
      const repeated = rows.flatMap((row) => Array<Sample>(row.weight).fill(row));
      expect(distance(metric(rows, weigh(rows)), metric(repeated, {}))).toBeLessThan(1e-11);
    });
    fc.assert(property);
  });

  test("takes equal weights for none", () => {
    const property = fc.property(samples, (rows) => {
      expect(distance(metric(rows, { sampleWeight: rows.map(() => 1) }), metric(rows, {}))).toBeLessThan(1e-11);
    });
    fc.assert(property);
  });
});

test.each(Object.entries(metrics).filter(([name]) => !/Matrix|Report/.test(name)))(
  "%s depends on the weights' ratios alone",
  (_, metric) => {
    const property = fc.property(samples, fc.constantFrom(2 ** -40, 0.3, 7, 2 ** 40), (rows, factor) => {
      const weights = rows.map(({ weight }) => weight);
      const scaled = weights.map((weight) => weight * factor);
      expect(distance(metric(rows, { sampleWeight: scaled }), metric(rows, { sampleWeight: weights }))).toBeLessThan(
        1e-11,
      );
    });
    fc.assert(property);
  },
);
