import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  accuracy,
  balancedAccuracy,
  confusionMatrix,
  f1,
  logLoss,
  precision,
  recall,
  rocAuc,
} from "../../src/metrics/index.ts";

const pairs = (classes: number): fc.Arbitrary<[number, number][]> =>
  fc.array(fc.tuple(fc.nat(classes - 1), fc.nat(classes - 1)), { minLength: 1, maxLength: 40 });
const split = (rows: readonly (readonly [number, number])[]): [number[], number[]] => [
  rows.map(([actual]) => actual),
  rows.map(([, predicted]) => predicted),
];

describe("label metrics", () => {
  const metrics: Record<string, (yTrue: (number | string)[], yPred: (number | string)[]) => number> = {
    accuracy,
    balancedAccuracy,
    precisionMacro: (a, b) => precision(a, b, { average: "macro" }),
    recallWeighted: (a, b) => recall(a, b, { average: "weighted" }),
    f1Macro: (a, b) => f1(a, b, { average: "macro" }),
    f1Micro: (a, b) => f1(a, b, { average: "micro" }),
  };

  test.each(Object.entries(metrics))("%s lies in [0, 1] and is 1 just for perfect predictions", (_, metric) => {
    fc.assert(
      fc.property(pairs(4), (rows) => {
        const [actual, predicted] = split(rows);
        const value = metric(actual, predicted);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(metric(actual, actual)).toBe(1);
        expect(value === 1).toBe(accuracy(actual, predicted) === 1);
      }),
    );
  });

  test.each(Object.entries(metrics))("%s knows neither the samples' order nor the classes' names", (_, metric) => {
    fc.assert(
      fc.property(pairs(4), (rows) => {
        const [actual, predicted] = split(rows);
        const names = ["pear", "apple", "quince", "fig"];
        const renamed = metric(
          actual.map((k) => names[k] as string),
          predicted.map((k) => names[k] as string),
        );
        expect(renamed).toBeCloseTo(metric(actual, predicted), 12);
        expect(metric(actual.toReversed(), predicted.toReversed())).toBeCloseTo(metric(actual, predicted), 12);
      }),
    );
  });

  test("figures of single classes follow from counting", () => {
    fc.assert(
      fc.property(pairs(2), (rows) => {
        const [actual, predicted] = split(rows);
        const count = (a: number, b: number): number => rows.filter(([x, y]) => x === a && y === b).length;
        const [tp, fp, fn] = [count(1, 1), count(0, 1), count(1, 0)];
        const options = { positive: 1, zeroDivision: 0 } as const;
        expect(precision(actual, predicted, options)).toBe(tp + fp === 0 ? 0 : tp / (tp + fp));
        expect(recall(actual, predicted, options)).toBe(tp + fn === 0 ? 0 : tp / (tp + fn));
        const [p, r] = [precision(actual, predicted, options), recall(actual, predicted, options)];
        expect(f1(actual, predicted, options)).toBeCloseTo(p + r === 0 ? 0 : (2 * p * r) / (p + r), 12);
      }),
    );
  });

  test("micro averages are accuracy; weighted recall is accuracy; balanced accuracy is macro recall", () => {
    fc.assert(
      fc.property(pairs(4), (rows) => {
        const [actual, predicted] = split(rows);
        expect(precision(actual, predicted, { average: "micro" })).toBe(accuracy(actual, predicted));
        expect(f1(actual, predicted, { average: "micro" })).toBe(accuracy(actual, predicted));
        expect(recall(actual, predicted, { average: "weighted" })).toBeCloseTo(accuracy(actual, predicted), 12);
        // Classes that are predicted but never true count in the macro average alone.
        const factor = new Set([...actual, ...predicted]).size / new Set(actual).size;
        const macro = recall(actual, predicted, { average: "macro" });
        expect(balancedAccuracy(actual, predicted)).toBeCloseTo(macro * factor, 12);
      }),
    );
  });

  test("precision and recall change places with true and predicted", () => {
    fc.assert(
      fc.property(pairs(3), (rows) => {
        const [actual, predicted] = split(rows);
        expect(precision(actual, predicted, { average: "macro" })).toBe(
          recall(predicted, actual, { average: "macro" }),
        );
      }),
    );
  });

  test("the confusion matrix holds every sample once", () => {
    fc.assert(
      fc.property(pairs(4), (rows) => {
        const { labels, counts } = confusionMatrix(...split(rows));
        expect(counts.flat().reduce((a, b) => a + b, 0)).toBe(rows.length);
        const diagonal = labels.reduce<number>((sum, _, k) => sum + (counts[k]?.[k] as number), 0);
        expect(diagonal / rows.length).toBe(accuracy(...split(rows)));
        expect(confusionMatrix(...split(rows.map(([a, b]) => [b, a]))).counts).toEqual(
          labels.map((_, i) => labels.map((_, j) => counts[j]?.[i])),
        );
      }),
    );
  });
});

describe("area under the ROC curve", () => {
  // Few distinct scores, so that ties are common.
  const scored = fc
    .array(fc.tuple(fc.nat(1), fc.integer({ min: -4, max: 4 })), { minLength: 2, maxLength: 30 })
    .filter((rows) => new Set(rows.map(([label]) => label)).size === 2);

  test("counts the pairs of a positive and a negative in the right order", () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const [y, scores] = split(rows);
        let wins = 0;
        let pairs = 0;
        for (const [a, s] of rows) {
          for (const [b, t] of rows) {
            if (a !== 1 || b !== 0) continue;
            wins += s > t ? 1 : s === t ? 0.5 : 0;
            pairs++;
          }
        }
        expect(rocAuc(y, scores)).toBe(wins / pairs);
      }),
    );
  });

  test("depends on the order of the scores alone, and turns round with them", () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const [y, scores] = split(rows);
        expect(
          rocAuc(
            y,
            scores.map((s) => s * s * s + 7 * s),
          ),
        ).toBe(rocAuc(y, scores));
        expect(
          rocAuc(
            y,
            scores.map((s) => -s),
          ),
        ).toBeCloseTo(1 - rocAuc(y, scores), 12);
      }),
    );
  });

  test("of several classes is the mean over two-class areas", () => {
    const row = fc.tuple(fc.nat(2), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 3 }));
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 3, maxLength: 20 }).filter((rows) => new Set(rows.map(([k]) => k)).size === 3),
        (rows) => {
          const y = rows.map(([k]) => k);
          const P = rows.map(([, w]) => w.map((x) => x / w.reduce((a, b) => a + b, 0)));
          const area = (k: number): number =>
            rocAuc(
              y.map((label) => (label === k ? 1 : 0)),
              P.map((p) => p[k] as number),
            );
          expect(rocAuc(y, P)).toBeCloseTo((area(0) + area(1) + area(2)) / 3, 12);
        },
      ),
    );
  });
});

describe("log loss", () => {
  test("is what the definition says", () => {
    const row = fc.tuple(fc.nat(1), fc.double({ min: 0.01, max: 0.99, noNaN: true }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
        const y = rows.map(([k]) => k);
        const P = rows.map(([, p]) => [1 - p, p]);
        const expected = rows.reduce((sum, [k, p]) => sum - Math.log(k === 1 ? p : 1 - p), 0) / rows.length;
        expect(logLoss(y, P, { labels: [0, 1] })).toBeCloseTo(expected, 12);
      }),
    );
  });

  test("of a certain, wrong prediction is large and finite", () => {
    expect(
      logLoss(
        [0, 1],
        [
          [0, 1],
          [0, 1],
        ],
      ),
    ).toBeCloseTo((52 * Math.LN2) / 2, 10);
    expect(
      logLoss(
        [0, 1],
        [
          [1, 0],
          [0, 1],
        ],
      ),
    ).toBeGreaterThan(0);
    expect(
      logLoss(
        [0, 1],
        [
          [1, 0],
          [0, 1],
        ],
      ),
    ).toBeLessThan(1e-15);
  });
});
