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
  scorerNamed,
  scorers,
} from "../../src/metrics/index.ts";

const refused = (code: string, message: string | RegExp): object =>
  expect.objectContaining({
    name: "VernierError",
    code,
    message: typeof message === "string" ? message : expect.stringMatching(message),
  });

const labelMetrics = { accuracy, balancedAccuracy, precision, recall, f1, confusionMatrix };

describe.each(Object.entries(labelMetrics))("%s refuses", (_, metric) => {
  test("lists of unequal lengths", () => {
    expect(() => metric([0, 1, 1], [0, 1])).toThrow(
      refused("invalid-data", '"yPred": expected as many entries as "yTrue" has, 3, got 2'),
    );
  });

  test("empty lists", () => {
    expect(() => metric([], [])).toThrow(refused("invalid-data", '"yTrue": expected at least one label, got none'));
  });

  test("labels of two types", () => {
    expect(() => metric(["0", "1"], [0, 1])).toThrow(
      refused("invalid-data", '"yPred": expected labels of yTrue\'s type, string, got number'),
    );
    expect(() => metric([0, Number.NaN], [0, 1])).toThrow(refused("invalid-data", /"yTrue".*got NaN at position 1/));
  });
});

describe("precision, recall and F1", () => {
  test("refuse an unknown average", () => {
    expect(() => f1([0, 1], [0, 1], { average: "median" as never })).toThrow(
      refused("invalid-argument", '"average": expected one of "binary", "macro", "micro", "weighted", got "median"'),
    );
    expect(() => f1([0, 1], [0, 1], { zeroDivision: 2 as never })).toThrow(
      refused("invalid-argument", '"zeroDivision": expected one of 0, 1, got 2'),
    );
  });

  test("need an average for more than two classes", () => {
    expect(() => precision(["a", "b", "c"], ["a", "b", "b"])).toThrow(
      refused(
        "invalid-argument",
        /"average": expected "macro", "micro" or "weighted" .*\("a", "b", "c"\), got "binary"/,
      ),
    );
  });

  test("take one of the two classes as positive", () => {
    expect(precision(["no", "yes", "yes"], ["yes", "yes", "no"])).toBe(1 / 2);
    expect(precision(["no", "yes", "yes"], ["yes", "yes", "no"], { positive: "no" })).toBe(0);
    expect(() => precision(["no", "yes"], ["yes", "no"], { positive: "maybe" })).toThrow(
      refused("invalid-argument", '"positive": expected one of "no", "yes", got "maybe"'),
    );
    expect(() => precision([0, 1], [0, 1], { positive: 1, average: "macro" })).toThrow(
      refused("invalid-argument", '"positive": expected average "binary" with a positive class, got "macro"'),
    );
    expect(() => precision(["no"], ["no"])).toThrow(
      refused("invalid-argument", '"positive": expected the positive class where only "no" occurs, got none'),
    );
  });

  test("give zeroDivision where nothing was predicted or true", () => {
    expect(precision([0, 1, 1], [0, 0, 0])).toBe(0);
    expect(precision([0, 1, 1], [0, 0, 0], { zeroDivision: 1 })).toBe(1);
    expect(recall([0, 0], [0, 1], { zeroDivision: 1 })).toBe(1);
    expect(f1([0, 0], [0, 0], { positive: 1, zeroDivision: 1 })).toBe(1);
    expect(precision([0, 1, 2], [0, 1, 1], { average: "macro", zeroDivision: 1 })).toBe((1 + 1 / 2 + 1) / 3);
  });
});

describe("the confusion matrix", () => {
  test("has rows of zeros for classes that do not occur", () => {
    expect(confusionMatrix([0, 1], [1, 1], { labels: [1, 0, 5] }).counts).toEqual([
      [1, 0, 0],
      [1, 0, 0],
      [0, 0, 0],
    ]);
  });

  test("refuses labels that are incomplete or repeated", () => {
    expect(() => confusionMatrix([0, 1], [1, 1], { labels: [1, 2] })).toThrow(
      refused("invalid-data", '"yTrue": expected labels among 1, 2, got 0'),
    );
    expect(() => confusionMatrix([0, 1], [1, 1], { labels: [0, 1, 1] })).toThrow(
      refused("invalid-data", '"labels": expected every label once, got 3 of 2'),
    );
  });
});

describe("log loss refuses", () => {
  const good = [
    [0.5, 0.5],
    [0.2, 0.8],
  ];
  test.each([
    ["fewer rows", [[0.5, 0.5]], /"proba": expected as many entries as "yTrue" has, 2, got 1/],
    ["a column too many", good.map((row) => [...row, 0]), /"proba": expected a column for each .* 0, 1, got 3 columns/],
    ["an entry below 0", [[-0.5, 1.5], good[1] as number[]], /from 0 to 1, got -0.5 in row 0, column 0/],
    ["a row that does not sum to 1", [good[0] as number[], [0.2, 0.7]], /sum to 1, got 0\.\d+ in row 1/],
    ["NaN", [[Number.NaN, 0.5], good[1] as number[]], /finite numbers, got NaN in row 0, column 0/],
  ])("%s", (_, proba, message) => {
    expect(() => logLoss([0, 1], proba)).toThrow(refused("invalid-data", message));
  });

  test("a single class without labels, and a class that is not listed", () => {
    expect(() => logLoss([1, 1], good)).toThrow(
      refused("invalid-data", /"yTrue": expected at least two classes.*only 1/),
    );
    expect(logLoss([1, 1], good, { labels: [0, 1] })).toBeCloseTo(-Math.log(0.4) / 2, 14);
    expect(() => logLoss([1, 2], good, { labels: [0, 1] })).toThrow(
      refused("invalid-data", '"yTrue": expected labels among 0, 1, got 2'),
    );
    expect(() => logLoss([], [])).toThrow(refused("invalid-data", /"yTrue": expected at least one label/));
  });
});

describe("the area under the ROC curve refuses", () => {
  test("one class, and a class without samples", () => {
    expect(() => rocAuc([1, 1], [0.1, 0.2])).toThrow(refused("invalid-data", /at least two classes, got only 1/));
    expect(() => rocAuc([1, 1], [0.1, 0.2], { labels: [0, 1] })).toThrow(
      refused("invalid-data", '"yTrue": expected samples of every class, got none of 0'),
    );
  });

  test("a list of scores for three classes, unequal lengths, scores that are not finite", () => {
    expect(() => rocAuc([0, 1, 2], [1, 2, 3])).toThrow(refused("invalid-data", /probabilities \[n, 3\].*single list/));
    expect(() => rocAuc([0, 1], [1, 2, 3])).toThrow(refused("invalid-data", /"scores": .* 2, got 3/));
    expect(() => rocAuc([0, 1], [1, Number.NaN])).toThrow(refused("invalid-data", /"scores".*NaN at position 1/));
    expect(() => rocAuc([0, 1], [])).toThrow(refused("invalid-data", /"scores": .* 2, got 0/));
  });

  test("probabilities out of range, and an unknown multiclass", () => {
    expect(() =>
      rocAuc(
        [0, 1],
        [
          [2, -1],
          [0, 1],
        ],
      ),
    ).toThrow(refused("invalid-data", /from 0 to 1, got 2 in row 0/));
    expect(() => rocAuc([0, 1], [1, 2], { multiclass: "all" as never })).toThrow(
      refused("invalid-argument", '"multiclass": expected one of "ovr", "ovo", got "all"'),
    );
  });
});

describe("scorers", () => {
  test("are found by name", () => {
    for (const [name, scorer] of Object.entries(scorers)) expect(scorerNamed(name)).toBe(scorer);
    expect(Object.values(scorers).map(({ name }) => name)).toEqual(Object.keys(scorers));
  });

  test("an unknown name lists the known ones", () => {
    expect(() => scorerNamed("acuracy")).toThrow(
      refused(
        "invalid-argument",
        /^"scoring": expected one of "accuracy", "balancedAccuracy", .*"rocAuc", got "acuracy"$/,
      ),
    );
  });

  test("are better when greater", () => {
    const proba = (rows: number[][]) => ({ data: Float64Array.from(rows.flat()), rows: rows.length, cols: 2 });
    const good = proba([
      [0.9, 0.1],
      [0.2, 0.8],
    ]);
    const bad = proba([
      [0.4, 0.6],
      [0.7, 0.3],
    ]);
    for (const scorer of Object.values(scorers)) {
      const [better, worse] =
        scorer.needs === "labels"
          ? [scorer.score([0, 1], [0, 1]), scorer.score([0, 1], [1, 0])]
          : [scorer.score([0, 1], good, [0, 1]), scorer.score([0, 1], bad, [0, 1])];
      expect(better).toBeGreaterThan(worse);
    }
  });
});
