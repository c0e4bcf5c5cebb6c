import { describe, expect, test } from "vitest";
import {
  accuracy,
  averagePrecision,
  balancedAccuracy,
  brierScore,
  cohenKappa,
  confusionMatrix,
  f1,
  logLoss,
  matthewsCorrelation,
  precision,
  recall,
  rocAuc,
} from "../../src/metrics/index.ts";
import { logLossWith } from "../../src/metrics/log-loss.ts";
import { allCores, mathCores } from "../support/cores.ts";
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly name: string;
  readonly y_true: number[];
  readonly y_pred: number[];
  readonly proba: number[][];
  readonly confusion: number[][];
  readonly [figure: string]: unknown;
}

const cases = vectors<{ cases: Case[] }>("metrics.json").cases.filter(({ name }) => name !== "regression");

test("there are cases", () => {
  expect(cases.map(({ name }) => name)).toEqual(["three_class", "never_predicts_class_2", "perfect", "binary"]);
});

describe.each(cases)("$name, as scikit-learn has it", (golden) => {
  const { y_true, y_pred, proba } = golden;
  const labels = proba[0]?.map((_, k) => k) as number[];

  test("accuracy and balanced accuracy", () => {
    expect(accuracy(y_true, y_pred)).toBe(golden["accuracy"]);
    expect(balancedAccuracy(y_true, y_pred)).toBeCloseTo(golden["balanced_accuracy"] as number, 14);
  });

  test("Matthews correlation and Cohen's kappa", () => {
    expect(matthewsCorrelation(y_true, y_pred)).toBeCloseTo(golden["mcc"] as number, 14);
    expect(cohenKappa(y_true, y_pred)).toBeCloseTo(golden["kappa"] as number, 14);
  });

  test("confusion matrix", () => {
    expect(confusionMatrix(y_true, y_pred, { labels })).toEqual({ labels, counts: golden.confusion });
  });

  test.each(["macro", "micro", "weighted"] as const)("%s precision, recall and F1", (average) => {
    expect(precision(y_true, y_pred, { average })).toBeCloseTo(golden[`precision_${average}`] as number, 14);
    expect(recall(y_true, y_pred, { average })).toBeCloseTo(golden[`recall_${average}`] as number, 14);
    expect(f1(y_true, y_pred, { average })).toBeCloseTo(golden[`f1_${average}`] as number, 14);
  });

  test("log loss", () => {
    expect(logLoss(y_true, proba)).toBeCloseTo(golden["log_loss"] as number, 14);
    expect(logLoss(y_true, proba, { labels })).toBeCloseTo(golden["log_loss"] as number, 14);
    const values = [...allCores, ...mathCores].map(({ core }) => logLossWith(core, y_true, proba, {}));
    expect(new Set([...values, logLoss(y_true, proba)]).size).toBe(1);
  });

  test.runIf(labels.length === 2)("area under the ROC curve", () => {
    const positive = proba.map((row) => row[1] as number);
    expect(rocAuc(y_true, proba)).toBeCloseTo(golden["roc_auc"] as number, 14);
    expect(rocAuc(y_true, positive)).toBeCloseTo(golden["roc_auc"] as number, 14);
  });

  test.runIf(labels.length === 2)("average precision and Brier score", () => {
    expect(averagePrecision(y_true, proba)).toBeCloseTo(golden["average_precision"] as number, 14);
    expect(brierScore(y_true, proba)).toBeCloseTo(golden["brier"] as number, 14);
  });

  test.runIf(labels.length > 2)("areas under the ROC curves of several classes", () => {
    expect(rocAuc(y_true, proba)).toBeCloseTo(golden["roc_auc_ovr_macro"] as number, 14);
    expect(rocAuc(y_true, proba, { multiclass: "ovo" })).toBeCloseTo(golden["roc_auc_ovo_macro"] as number, 14);
  });
});
