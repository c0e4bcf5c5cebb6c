import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Label } from "../../src/core/labels.ts";
import {
  accuracy,
  averagePrecision,
  balancedAccuracy,
  brierScore,
  classificationReport,
  cohenKappa,
  confusionMatrix,
  f1,
  fBeta,
  formatReport,
  jaccard,
  matthewsCorrelation,
  precision,
  precisionRecallCurve,
  recall,
  rocAuc,
  rocCurve,
  topKAccuracy,
} from "../../src/metrics/index.ts";
import { correlation } from "../support/statistics.ts";

const labelPairs = (classes: number): fc.Arbitrary<[number[], number[]]> =>
  fc
    .array(fc.tuple(fc.nat(classes - 1), fc.nat(classes - 1)), { minLength: 1, maxLength: 40 })
    .map((rows) => [rows.map(([a]) => a), rows.map(([, b]) => b)]);
// Few distinct scores, so that ties are common.
const ranked: fc.Arbitrary<[number[], number[]]> = fc
  .array(fc.tuple(fc.nat(1), fc.integer({ min: -4, max: 4 })), { minLength: 2, maxLength: 30 })
  .filter((rows) => new Set(rows.map(([label]) => label)).size === 2)
  .map((rows) => [rows.map(([a]) => a), rows.map(([, b]) => b)]);

describe("F-beta and Jaccard", () => {
  test("follow from precision and recall", () => {
    fc.assert(
      fc.property(labelPairs(2), fc.double({ min: 0, max: 5, noNaN: true }), ([actual, predicted], beta) => {
        const options = { positive: 1 };
        const [p, r] = [precision(actual, predicted, options), recall(actual, predicted, options)];
        const b2 = beta * beta;
        const expected = p === 0 || r === 0 ? 0 : ((1 + b2) * p * r) / (b2 * p + r);
        expect(fBeta(actual, predicted, { ...options, beta })).toBeCloseTo(expected, 12);
        const f = f1(actual, predicted, options);
        expect(fBeta(actual, predicted, { ...options, beta: 1 })).toBe(f);
        expect(fBeta(actual, predicted, { ...options, beta: 0 })).toBe(p);
        expect(jaccard(actual, predicted, options)).toBeCloseTo(f / (2 - f), 12);
      }),
    );
  });
});

describe("Matthews correlation", () => {
  test("is Pearson's of two classes as 0 and 1", () => {
    fc.assert(
      fc.property(labelPairs(2), ([actual, predicted]) => {
        const flat = new Set(actual).size < 2 || new Set(predicted).size < 2;
        const expected = flat ? 0 : correlation(actual, predicted);
        expect(matthewsCorrelation(actual, predicted)).toBeCloseTo(expected, 12);
      }),
    );
  });

  test("is 1 for the same, symmetric, and blind to the classes' names", () => {
    fc.assert(
      fc.property(labelPairs(4), ([actual, predicted]) => {
        expect(matthewsCorrelation(actual, actual)).toBe(new Set(actual).size > 1 ? 1 : 0);
        const value = matthewsCorrelation(actual, predicted);
        expect(matthewsCorrelation(predicted, actual)).toBeCloseTo(value, 12);
        const renamed = (list: number[]): Label[] => list.map((k) => "zaqb"[k] as string);
        expect(matthewsCorrelation(renamed(actual), renamed(predicted))).toBeCloseTo(value, 12);
      }),
    );
  });

  test("is 0 where one class is all that is predicted, with weights that round", () => {
    expect(matthewsCorrelation([0, 1, 1], [1, 1, 1], { sampleWeight: [0.1, 0.2, 0.3] })).toBe(0);
  });
});

describe("Cohen's kappa", () => {
  test("compares agreement with chance's, and is the same from both sides", () => {
    fc.assert(
      fc.property(labelPairs(3), ([actual, predicted]) => {
        fc.pre(new Set([...actual, ...predicted]).size > 1);
        const n = actual.length;
        const share = (list: number[], k: number): number => list.filter((x) => x === k).length / n;
        const chance = [0, 1, 2].reduce((sum, k) => sum + share(actual, k) * share(predicted, k), 0);
        const expected = (accuracy(actual, predicted) - chance) / (1 - chance);
        expect(cohenKappa(actual, predicted)).toBeCloseTo(expected, 12);
        for (const weights of ["linear", "quadratic"] as const) {
          const value = cohenKappa(actual, predicted, { weights });
          expect(cohenKappa(predicted, actual, { weights })).toBeCloseTo(value, 12);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test("counts distances in the order of the labels", () => {
    const [actual, predicted] = [
      ["low", "mid", "high", "mid"],
      ["low", "high", "high", "mid"],
    ];
    const kappa = (labels: string[]): number => cohenKappa(actual, predicted, { labels, weights: "quadratic" });
    // One confusion of neighbors: cost 1 against (1 2 1) x (1 1 2) / 4 by squared distance, 20 / 4.
    expect(kappa(["low", "mid", "high"])).toBeCloseTo(1 - 1 / (20 / 4), 14);
    expect(kappa(["mid", "low", "high"])).toBeLessThan(kappa(["low", "mid", "high"]));
  });
});

describe("balanced accuracy", () => {
  test("adjusted is 0 for a constant guess", () => {
    expect(balancedAccuracy([0, 1, 1, 2], [1, 1, 1, 1], { adjusted: true })).toBeCloseTo(0, 15);
    expect(balancedAccuracy([0, 1, 1, 2], [0, 1, 1, 2], { adjusted: true })).toBe(1);
  });
});

describe("a normalized confusion matrix", () => {
  test("sums to 1 by row, by column or in all, and has zeros for 0 / 0", () => {
    const counts = (normalize: "true" | "pred" | "all"): readonly (readonly number[])[] =>
      confusionMatrix([0, 0, 1, 1], [0, 1, 1, 1], { labels: [0, 1, 2], normalize }).counts;
    expect(counts("true")).toEqual([
      [1 / 2, 1 / 2, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
    expect(counts("pred")).toEqual([
      [1, 1 / 3, 0],
      [0, 2 / 3, 0],
      [0, 0, 0],
    ]);
    expect(counts("all")).toEqual([
      [1 / 4, 1 / 4, 0],
      [0, 1 / 2, 0],
      [0, 0, 0],
    ]);
  });
});

describe("curves", () => {
  test("have the rates that counting gives at each threshold", () => {
    fc.assert(
      fc.property(ranked, fc.constantFrom(0, 1), ([y, scores], positive) => {
        const share = (threshold: number, label: number): number => {
          const members = scores.filter((_, i) => y[i] === label);
          return members.filter((score) => score >= threshold).length / members.length;
        };
        const roc = rocCurve(y, scores, { positive, dropIntermediate: false });
        expect([...roc.thresholds]).toEqual([Number.POSITIVE_INFINITY, ...[...new Set(scores)].sort((a, b) => b - a)]);
        expect([...roc.truePositiveRate]).toEqual([...roc.thresholds].map((t) => share(t, positive)));
        expect([...roc.falsePositiveRate]).toEqual([...roc.thresholds].map((t) => share(t, 1 - positive)));
        const curve = precisionRecallCurve(y, scores, { positive });
        expect([...curve.recall]).toEqual([...[...curve.thresholds].map((t) => share(t, positive)), 0]);
        const called = (t: number): number[] => y.filter((_, i) => (scores[i] as number) >= t);
        const precisions = [...curve.thresholds].map((t) => {
          return called(t).filter((label) => label === positive).length / called(t).length;
        });
        expect([...curve.precision]).toEqual([...precisions, 1]);
      }),
    );
  });

  test("enclose the areas", () => {
    fc.assert(
      fc.property(ranked, fc.boolean(), ([y, scores], dropIntermediate) => {
        const { falsePositiveRate: x, truePositiveRate: h } = rocCurve(y, scores, { dropIntermediate });
        let area = 0;
        for (let i = 1; i < x.length; i++) {
          area += (((x[i] as number) - (x[i - 1] as number)) * ((h[i] as number) + (h[i - 1] as number))) / 2;
        }
        expect(area).toBeCloseTo(rocAuc(y, scores), 12);
        const { precision: p, recall: r } = precisionRecallCurve(y, scores);
        let steps = 0;
        for (let i = 0; i + 1 < p.length; i++) steps += ((r[i] as number) - (r[i + 1] as number)) * (p[i] as number);
        expect(averagePrecision(y, scores)).toBeCloseTo(steps, 12);
      }),
    );
  });

  test("without ties, average precision is the mean precision at the positives", () => {
    // From the top: hit, miss, hit, hit, miss.
    expect(averagePrecision([0, 1, 1, 0, 1], [1, 2, 3, 4, 5])).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3, 15);
  });

  test("of many points need no deep stack", () => {
    const n = 200_000;
    const y = Array.from({ length: n }, (_, i) => (i * 7919) % 2);
    const scores = Array.from({ length: n }, (_, i) => i);
    expect(rocCurve(y, scores, { dropIntermediate: false }).thresholds).toHaveLength(n + 1);
    expect(precisionRecallCurve(y, scores).precision).toHaveLength(n + 1);
  });
});

test("the Brier score of two classes is the mean squared error of either class's probability", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(64)), { minLength: 1 }), (rows) => {
      const y = rows.map(([k]) => k);
      const P = rows.map(([, p]) => [1 - p / 64, p / 64]);
      const expected = rows.reduce((sum, [k, p]) => sum + (p / 64 - k) ** 2, 0) / rows.length;
      expect(brierScore(y, P, { labels: [0, 1] })).toBeCloseTo(expected, 12);
      expect(brierScore(y, P, { labels: [0, 1], scaleByHalf: false })).toBeCloseTo(2 * expected, 12);
    }),
  );
});

describe("top-k accuracy", () => {
  test("grows with k and begins with accuracy", () => {
    const row = fc.tuple(fc.nat(3), fc.uniqueArray(fc.nat(99), { minLength: 4, maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const y = rows.map(([k]) => k);
        const S = rows.map(([, s]) => s);
        const of = (k: number): number => topKAccuracy(y, S, { k, labels: [0, 1, 2, 3] });
        expect(of(1)).toBe(
          accuracy(
            y,
            S.map((s) => s.indexOf(Math.max(...s))),
          ),
        );
        expect(of(2)).toBeGreaterThanOrEqual(of(1));
        expect(of(3)).toBe(rows.filter(([k, s]) => (s[k] as number) > Math.min(...s)).length / rows.length);
      }),
    );
  });

  test("takes the later of equal scores", () => {
    const S = [[1, 1, 1]];
    const hit = (label: number, k: number): number => topKAccuracy([label], S, { k, labels: [0, 1, 2] });
    expect([hit(2, 1), hit(1, 1), hit(1, 2), hit(0, 2)]).toEqual([1, 0, 1, 0]);
  });
});

describe("the classification report", () => {
  const yTrue = ["ant", "bee", "ant", "cicada", "bee", "ant"];
  const yPred = ["ant", "bee", "bee", "bee", "bee", "ant"];

  test("holds the figures of the single metrics", () => {
    fc.assert(
      fc.property(labelPairs(4), ([actual, predicted]) => {
        const report = classificationReport(actual, predicted);
        const averages = { macro: report.macro, weighted: report.weighted };
        for (const average of ["macro", "weighted"] as const) {
          expect(averages[average]).toEqual({
            precision: precision(actual, predicted, { average }),
            recall: recall(actual, predicted, { average }),
            f1: f1(actual, predicted, { average }),
            support: actual.length,
          });
        }
        expect(report.classes.map(({ support }) => support)).toEqual(
          report.classes.map(({ label }) => actual.filter((k) => k === label).length),
        );
      }),
    );
  });

  test("is a table as text", () => {
    const report = classificationReport(yTrue, yPred);
    expect(formatReport(report)).toBe(
      [
        "               precision  recall    f1  support",
        "          ant       1.00    0.67  0.80        3",
        "          bee       0.50    1.00  0.67        2",
        "       cicada       0.00    0.00  0.00        1",
        "     accuracy                     0.67        6",
        "   macro mean       0.50    0.56  0.49        6",
        "weighted mean       0.67    0.67  0.62        6",
      ].join("\n"),
    );
    const weighted = classificationReport(yTrue, yPred, { sampleWeight: [1, 1, 0.5, 1, 1, 1], zeroDivision: 1 });
    expect(formatReport(weighted, { digits: 3 }).split("\n")[1]).toBe(
      "          ant      1.000   0.800  0.889    2.500",
    );
    expect(formatReport(weighted).split("\n")[3]).toBe("       cicada       1.00    0.00  0.00     1.00");
  });
});
