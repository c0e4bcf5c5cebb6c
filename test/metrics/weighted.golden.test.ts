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
  type ReportRow,
  recall,
  rocAuc,
  rocCurve,
  topKAccuracy,
} from "../../src/metrics/index.ts";
import { distance } from "../support/distance.ts";
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

describe.each(cases)("$name, weighted: $weighted, as scikit-learn has it", (golden) => {
  const { y_true, y_pred, proba, labels } = golden;
  const weight = golden.sample_weight === null ? {} : { sampleWeight: golden.sample_weight };
  const second = proba.map((row) => row[1] as number);

  test("accuracies, correlation and kappas", () => {
    expect(distance(accuracy(y_true, y_pred, weight), golden["accuracy"])).toBeLessThan(1e-13);
    expect(distance(balancedAccuracy(y_true, y_pred, weight), golden["balanced_accuracy"])).toBeLessThan(1e-13);
    expect(
      distance(balancedAccuracy(y_true, y_pred, { ...weight, adjusted: true }), golden["balanced_accuracy_adjusted"]),
    ).toBeLessThan(1e-13);
    expect(distance(matthewsCorrelation(y_true, y_pred, weight), golden["mcc"])).toBeLessThan(1e-13);
    for (const weights of ["none", "linear", "quadratic"] as const) {
      expect(distance(cohenKappa(y_true, y_pred, { ...weight, weights }), golden[`kappa_${weights}`])).toBeLessThan(
        1e-13,
      );
    }
  });

  test("confusion matrices", () => {
    expect(
      distance(confusionMatrix(y_true, y_pred, { ...weight, labels }).counts.flat(), golden["confusion"]),
    ).toBeLessThan(1e-13);
    for (const normalize of ["true", "pred", "all"] as const) {
      const { counts } = confusionMatrix(y_true, y_pred, { ...weight, labels, normalize });
      expect(distance(counts.flat(), golden[`confusion_${normalize}`])).toBeLessThan(1e-13);
    }
  });

  const averages = ["macro", "micro", "weighted", ...(labels.length === 2 ? (["binary"] as const) : [])] as const;
  test.each(averages)("%s precision, recall, F and Jaccard", (average) => {
    for (const zeroDivision of [0, 1] as const) {
      const options = { ...weight, average, zeroDivision };
      const expected = (name: string): unknown => golden[`${name}_${average}_${zeroDivision}`];
      expect(distance(precision(y_true, y_pred, options), expected("precision"))).toBeLessThan(1e-13);
      expect(distance(recall(y_true, y_pred, options), expected("recall"))).toBeLessThan(1e-13);
      expect(distance(f1(y_true, y_pred, options), expected("f1"))).toBeLessThan(1e-13);
      expect(distance(fBeta(y_true, y_pred, { ...options, beta: 2 }), expected("f2"))).toBeLessThan(1e-13);
      expect(distance(fBeta(y_true, y_pred, { ...options, beta: 0.5 }), expected("f_half"))).toBeLessThan(1e-13);
      expect(distance(jaccard(y_true, y_pred, options), expected("jaccard"))).toBeLessThan(1e-13);
    }
  });

  test("the report", () => {
    const report = classificationReport(y_true, y_pred, { ...weight, labels });
    const rows: Record<string, ReportRow> = { "macro avg": report.macro, "weighted avg": report.weighted };
    for (const row of report.classes) rows[`${row.label}`] = row;
    expect(Object.keys(rows).sort()).toEqual(Object.keys(golden.report).sort());
    for (const [name, row] of Object.entries(rows)) {
      const expected = golden.report[name] as Record<string, number>;
      expect(distance(row.precision, expected["precision"])).toBeLessThan(1e-13);
      expect(distance(row.recall, expected["recall"])).toBeLessThan(1e-13);
      expect(distance(row.f1, expected["f1-score"])).toBeLessThan(1e-13);
      expect(distance(row.support, expected["support"])).toBeLessThan(1e-13);
    }
    expect(report.accuracy).toBe(accuracy(y_true, y_pred, weight));
  });

  test("log loss and Brier score", () => {
    expect(distance(logLoss(y_true, proba, weight), golden["log_loss"])).toBeLessThan(1e-13);
    expect(distance(brierScore(y_true, proba, weight), golden["brier"])).toBeLessThan(1e-13);
    expect(distance(brierScore(y_true, proba, { ...weight, scaleByHalf: true }), golden["brier_halved"])).toBeLessThan(
      1e-13,
    );
  });

  test.runIf(labels.length === 2)("the curves of two classes and the areas under them", () => {
    for (const scores of [second, proba]) {
      expect(distance(rocAuc(y_true, scores, weight), golden["roc_auc"])).toBeLessThan(1e-13);
      expect(distance(averagePrecision(y_true, scores, weight), golden["average_precision"])).toBeLessThan(1e-13);
      for (const dropIntermediate of [true, false]) {
        const curve = rocCurve(y_true, scores, { ...weight, dropIntermediate });
        const [fpr, tpr, thresholds] = golden[`roc_curve_${dropIntermediate ? "True" : "False"}`] as unknown[];
        expect(distance([...curve.falsePositiveRate], fpr)).toBeLessThan(1e-13);
        expect(distance([...curve.truePositiveRate], tpr)).toBeLessThan(1e-13);
        expect(distance([...curve.thresholds], thresholds)).toBeLessThan(1e-13);
      }
    }
    const curves = [
      [precisionRecallCurve(y_true, second, weight), golden["precision_recall_curve"]],
      [precisionRecallCurve(y_true, proba, { ...weight, positive: 0 }), golden["precision_recall_curve_of_0"]],
    ] as const;
    for (const [curve, expected] of curves) {
      const [precisions, recalls, thresholds] = expected as unknown[];
      expect(distance([...curve.precision], precisions)).toBeLessThan(1e-13);
      expect(distance([...curve.recall], recalls)).toBeLessThan(1e-13);
      expect(distance([...curve.thresholds], thresholds)).toBeLessThan(1e-13);
    }
  });

  test.runIf(labels.length > 2).each(["macro", "weighted"] as const)("%s areas of several classes", (average) => {
    const options = { ...weight, average };
    expect(distance(rocAuc(y_true, proba, options), golden[`roc_auc_ovr_${average}`])).toBeLessThan(1e-13);
    expect(distance(averagePrecision(y_true, proba, options), golden[`average_precision_${average}`])).toBeLessThan(
      1e-13,
    );
  });

  test.runIf(labels.length > 2 && !golden.weighted)("areas of pairs of classes", () => {
    for (const average of ["macro", "weighted"] as const) {
      const area = rocAuc(y_true, proba, { average, multiclass: "ovo" });
      expect(distance(area, golden[`roc_auc_ovo_${average}`])).toBeLessThan(1e-13);
    }
  });

  test.runIf(labels.length > 2)("top-k accuracy", () => {
    for (let k = 1; k < labels.length; k++)
      expect(distance(topKAccuracy(y_true, proba, { ...weight, k }), golden[`top_${k}`])).toBeLessThan(1e-13);
  });
});
