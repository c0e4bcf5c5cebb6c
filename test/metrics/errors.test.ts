import { describe, expect, test } from "vitest";
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
  logLoss,
  matthewsCorrelation,
  precision,
  precisionRecallCurve,
  recall,
  rocAuc,
  rocCurve,
  topKAccuracy,
} from "../../src/metrics/index.ts";

const refused = (code: string, message: string | RegExp): object =>
  expect.objectContaining({
    name: "VernierError",
    code,
    message: typeof message === "string" ? message : expect.stringMatching(message),
  });

const labelMetrics = {
  accuracy,
  balancedAccuracy,
  precision,
  recall,
  f1,
  jaccard,
  matthewsCorrelation,
  cohenKappa,
  confusionMatrix,
  classificationReport,
};

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

const weightMessages: [string, unknown[], string][] = [
  ["fewer weights", [1, 2], '"sampleWeight": expected as many entries as "yTrue" has, 3, got 2'],
  ["a negative weight", [1, -1, 1], '"sampleWeight": expected finite numbers >= 0, got -1 at position 1'],
  ["a weight that is no number", [1, 1, "1"], '"sampleWeight": expected finite numbers >= 0, got "1" at position 2'],
  ["NaN", [Number.NaN, 1, 1], '"sampleWeight": expected finite numbers >= 0, got NaN at position 0'],
  ["only zeros", [0, 0, 0], '"sampleWeight": expected a weight above 0, got none'],
];

describe.each(weightMessages)("as a weight, %s", (_, sampleWeight, message) => {
  const weights = { sampleWeight: sampleWeight as number[] };
  test.each(Object.entries(labelMetrics))("is refused by %s", (_, metric) => {
    expect(() => metric([0, 1, 1], [0, 1, 0], weights)).toThrow(refused("invalid-data", message));
  });

  test("is refused by the metrics of probabilities and ranking", () => {
    const P = [0.2, 0.7, 0.4].map((p) => [1 - p, p]);
    for (const metric of [logLoss, brierScore, rocAuc, averagePrecision, rocCurve, precisionRecallCurve]) {
      expect(() => metric([0, 1, 1], P, weights as never)).toThrow(refused("invalid-data", message));
    }
    expect(() => topKAccuracy([0, 1, 1], P, { ...weights, k: 1 })).toThrow(refused("invalid-data", message));
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

describe("F-beta", () => {
  test("refuses a beta below 0 or none", () => {
    for (const beta of [-1, Number.NaN, undefined]) {
      expect(() => fBeta([0, 1], [0, 1], { beta: beta as number })).toThrow(
        refused("invalid-argument", `"beta": expected a number >= 0, got ${beta}`),
      );
    }
  });
});

describe("Cohen's kappa refuses", () => {
  test("one class on both sides, labels that are incomplete, unknown weights", () => {
    expect(() => cohenKappa(["a", "a"], ["a", "a"])).toThrow(
      refused("invalid-data", '"yPred": expected at least two classes, got only "a" on both sides'),
    );
    expect(() => cohenKappa([0, 1], [1, 0], { labels: [0, 2] })).toThrow(
      refused("invalid-data", '"yTrue": expected labels among 0, 2, got 1'),
    );
    expect(() => cohenKappa([0, 1], [1, 0], { weights: "cubic" as never })).toThrow(
      refused("invalid-argument", '"weights": expected one of "none", "linear", "quadratic", got "cubic"'),
    );
  });
});

describe("adjusted balanced accuracy", () => {
  test("refuses a single class", () => {
    expect(() => balancedAccuracy([1, 1], [1, 0], { adjusted: true })).toThrow(
      refused("invalid-data", '"yTrue": expected at least two classes when adjusted, got one'),
    );
  });
});

describe("the Brier score and average precision refuse", () => {
  test("a single class, and a class without samples", () => {
    const P = [
      [0.5, 0.5],
      [0.2, 0.8],
    ];
    expect(() => brierScore([1, 1], P)).toThrow(refused("invalid-data", /at least two classes.*got only 1/));
    expect(brierScore([1, 1], P, { labels: [0, 1] })).toBeCloseTo((0.25 + 0.04) / 2, 15);
    expect(() => averagePrecision([1, 1], P)).toThrow(refused("invalid-data", /at least two classes, got only 1/));
    expect(() => averagePrecision([0, 0], P, { labels: [0, 1] })).toThrow(
      refused("invalid-data", '"yTrue": expected samples of every class, got none of 1'),
    );
    expect(() => averagePrecision([0, 1], P, { sampleWeight: [1, 0] })).toThrow(
      refused("invalid-data", '"yTrue": expected samples of every class, got none of 1'),
    );
    expect(() => averagePrecision([0, 1], P, { average: "micro" as never })).toThrow(
      refused("invalid-argument", '"average": expected one of "macro", "weighted", got "micro"'),
    );
  });
});

describe("curves refuse", () => {
  test.each([rocCurve, precisionRecallCurve])("other than two classes, and a positive that is none", (curve) => {
    expect(() => curve([0, 1, 2], [1, 2, 3])).toThrow(
      refused("invalid-data", '"yTrue": expected two classes, got 3 (0, 1, 2)'),
    );
    expect(() => curve([1, 1], [1, 2])).toThrow(refused("invalid-data", /at least two classes, got only 1/));
    expect(() => curve([0, 1], [1, 2], { positive: 2 })).toThrow(
      refused("invalid-argument", '"positive": expected one of 0, 1, got 2'),
    );
    expect(() => curve([0, 1], [1, Number.NaN])).toThrow(refused("invalid-data", /"scores".*NaN at position 1/));
  });
});

describe("weights with pairs of classes", () => {
  test("are not supported", () => {
    const P = [0, 1, 2].map((k) => [0, 1, 2].map((j) => (j === k ? 0.5 : 0.25)));
    expect(() => rocAuc([0, 1, 2], P, { multiclass: "ovo", sampleWeight: [1, 1, 1] })).toThrow(
      refused("unsupported", '"sampleWeight": expected none with multiclass "ovo", got weights'),
    );
  });
});

describe("top-k accuracy refuses", () => {
  const P = [
    [0.5, 0.3, 0.2],
    [0.1, 0.1, 0.8],
  ];
  test("k that leaves no class out, and wrong columns", () => {
    for (const k of [0, 3, 1.5]) {
      expect(() => topKAccuracy([0, 2], P, { k, labels: [0, 1, 2] })).toThrow(
        refused("invalid-argument", `"k": expected a whole number from 1 to 2, got ${k}`),
      );
    }
    expect(() => topKAccuracy([0, 2], P, { k: 1 })).toThrow(
      refused("invalid-data", '"scores": expected a column for each of the classes 0, 2, got 3 columns'),
    );
    expect(() => topKAccuracy([0, 1, 2], P)).toThrow(refused("invalid-data", /"scores": .* 3, got 2/));
  });
});

describe("the report's text", () => {
  test("refuses digits out of range", () => {
    const report = classificationReport([0, 1], [0, 1]);
    expect(() => formatReport(report, { digits: 21 })).toThrow(
      refused("invalid-argument", '"digits": expected a whole number from 0 to 20, got 21'),
    );
  });
});

describe("the confusion matrix's normalization", () => {
  test("is one of three", () => {
    expect(() => confusionMatrix([0, 1], [0, 1], { normalize: "rows" as never })).toThrow(
      refused("invalid-argument", '"normalize": expected one of "true", "pred", "all", got "rows"'),
    );
  });
});
