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
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly name: string;
  readonly weighted: boolean;
  readonly labels: number[];
  readonly y_true: number[];
  readonly y_pred: number[];
  readonly proba: number[][];
  readonly sample_weight: number[] | null;
  readonly report: Record<string, Record<string, number>>;
  readonly [figure: string]: unknown;
}

const cases = vectors<{ classification: Case[] }>("metrics-weighted.json").classification;

test("there are cases with and without weights", () => {
  expect(cases.map(({ labels, weighted }) => `${labels.length} ${weighted}`)).toEqual([
    "2 false",
    "2 true",
    "3 false",
    "3 true",
    "5 false",
    "5 true",
  ]);
});

const close = (actual: number | readonly number[], expected: unknown): void => {
  const flat = (values: unknown): number[] => [values].flat(2).map((v) => (v === "inf" ? 1e99 : (v as number)));
  const [got, wanted] = [flat(actual), flat(expected)];
  expect(got).toHaveLength(wanted.length);
  got.forEach((value, i) => expect(Math.min(value, 1e99)).toBeCloseTo(wanted[i] as number, 13));
};

describe.each(cases)("$name, weighted: $weighted, as scikit-learn has it", (golden) => {
  const { y_true, y_pred, proba, labels } = golden;
  const weight = golden.sample_weight === null ? {} : { sampleWeight: golden.sample_weight };
  const second = proba.map((row) => row[1] as number);

  test("accuracies, correlation and kappas", () => {
    close(accuracy(y_true, y_pred, weight), golden["accuracy"]);
    close(balancedAccuracy(y_true, y_pred, weight), golden["balanced_accuracy"]);
    close(balancedAccuracy(y_true, y_pred, { ...weight, adjusted: true }), golden["balanced_accuracy_adjusted"]);
    close(matthewsCorrelation(y_true, y_pred, weight), golden["mcc"]);
    for (const weights of ["none", "linear", "quadratic"] as const) {
      close(cohenKappa(y_true, y_pred, { ...weight, weights }), golden[`kappa_${weights}`]);
    }
  });

  test("confusion matrices", () => {
    close(confusionMatrix(y_true, y_pred, { ...weight, labels }).counts.flat(), golden["confusion"]);
    for (const normalize of ["true", "pred", "all"] as const) {
      const { counts } = confusionMatrix(y_true, y_pred, { ...weight, labels, normalize });
      close(counts.flat(), golden[`confusion_${normalize}`]);
    }
  });

  const averages = ["macro", "micro", "weighted", ...(labels.length === 2 ? (["binary"] as const) : [])] as const;
  test.each(averages)("%s precision, recall, F and Jaccard", (average) => {
    for (const zeroDivision of [0, 1] as const) {
      const options = { ...weight, average, zeroDivision };
      const expected = (name: string): unknown => golden[`${name}_${average}_${zeroDivision}`];
      close(precision(y_true, y_pred, options), expected("precision"));
      close(recall(y_true, y_pred, options), expected("recall"));
      close(f1(y_true, y_pred, options), expected("f1"));
      close(fBeta(y_true, y_pred, { ...options, beta: 2 }), expected("f2"));
      close(fBeta(y_true, y_pred, { ...options, beta: 0.5 }), expected("f_half"));
      close(jaccard(y_true, y_pred, options), expected("jaccard"));
    }
  });

  test("the report", () => {
    const report = classificationReport(y_true, y_pred, { ...weight, labels });
    const rows = { ...report.classes, "macro avg": report.macro, "weighted avg": report.weighted };
    expect(Object.keys(rows).sort()).toEqual(Object.keys(golden.report).sort());
    for (const [name, row] of Object.entries(rows)) {
      const expected = golden.report[name] as Record<string, number>;
      close(row.precision, expected["precision"]);
      close(row.recall, expected["recall"]);
      close(row.f1, expected["f1-score"]);
      close(row.support, expected["support"]);
    }
    expect(report.accuracy).toBe(accuracy(y_true, y_pred, weight));
  });

  test("log loss and Brier score", () => {
    close(logLoss(y_true, proba, weight), golden["log_loss"]);
    close(brierScore(y_true, proba, weight), golden["brier"]);
    close(brierScore(y_true, proba, { ...weight, scaleByHalf: true }), golden["brier_halved"]);
  });

  test.runIf(labels.length === 2)("the curves of two classes and the areas under them", () => {
    for (const scores of [second, proba]) {
      close(rocAuc(y_true, scores, weight), golden["roc_auc"]);
      close(averagePrecision(y_true, scores, weight), golden["average_precision"]);
      for (const dropIntermediate of [true, false]) {
        const curve = rocCurve(y_true, scores, { ...weight, dropIntermediate });
        const [fpr, tpr, thresholds] = golden[`roc_curve_${dropIntermediate ? "True" : "False"}`] as unknown[];
        close([...curve.falsePositiveRate], fpr);
        close([...curve.truePositiveRate], tpr);
        close([...curve.thresholds], thresholds);
      }
    }
    const curves = [
      [precisionRecallCurve(y_true, second, weight), golden["precision_recall_curve"]],
      [precisionRecallCurve(y_true, proba, { ...weight, positive: 0 }), golden["precision_recall_curve_of_0"]],
    ] as const;
    for (const [curve, expected] of curves) {
      const [precisions, recalls, thresholds] = expected as unknown[];
      close([...curve.precision], precisions);
      close([...curve.recall], recalls);
      close([...curve.thresholds], thresholds);
    }
  });

  test.runIf(labels.length > 2).each(["macro", "weighted"] as const)("%s areas of several classes", (average) => {
    const options = { ...weight, average };
    close(rocAuc(y_true, proba, options), golden[`roc_auc_ovr_${average}`]);
    close(averagePrecision(y_true, proba, options), golden[`average_precision_${average}`]);
    if (!golden.weighted)
      close(rocAuc(y_true, proba, { average, multiclass: "ovo" }), golden[`roc_auc_ovo_${average}`]);
  });

  test.runIf(labels.length > 2)("top-k accuracy", () => {
    for (let k = 1; k < labels.length; k++) close(topKAccuracy(y_true, proba, { ...weight, k }), golden[`top_${k}`]);
  });
});
