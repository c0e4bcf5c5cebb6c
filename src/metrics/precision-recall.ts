import { expectNumber } from "../core/errors.ts";
import type { LabelsLike } from "../core/labels.ts";
import { classAverage, type PrecisionRecallOptions, type TallyRatio } from "./class-average.ts";

/** TP / (TP + FP). */
export const precisionRatio: TallyRatio = ({ hits, predicted }) => [hits, predicted];
/** TP / (TP + FN). */
export const recallRatio: TallyRatio = ({ hits, actual }) => [hits, actual];
/** 2 TP / (2 TP + FP + FN). */
export const f1Ratio: TallyRatio = ({ hits, predicted, actual }) => [2 * hits, predicted + actual];

/**
 * Of the samples predicted to be of a class, the share that are: TP / (TP + FP), 0 to 1.
 * Averages run over every class that is true or predicted somewhere.
 * Throws `invalid-data` for unequal lengths, empty lists or weights that are none, `invalid-argument` for an
 * unknown average, or for "binary" with more than two classes.
 */
export function precision(yTrue: LabelsLike, yPred: LabelsLike, options: PrecisionRecallOptions = {}): number {
  return classAverage(yTrue, yPred, options, precisionRatio);
}

/** Of the samples of a class, the share that were found: TP / (TP + FN), 0 to 1. Otherwise as `precision`. */
export function recall(yTrue: LabelsLike, yPred: LabelsLike, options: PrecisionRecallOptions = {}): number {
  return classAverage(yTrue, yPred, options, recallRatio);
}

/** The harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN), 0 to 1. Otherwise as `precision`. */
export function f1(yTrue: LabelsLike, yPred: LabelsLike, options: PrecisionRecallOptions = {}): number {
  return classAverage(yTrue, yPred, options, f1Ratio);
}

export interface FBetaOptions extends PrecisionRecallOptions {
  /** How many times as much recall counts as precision, >= 0: 0 is precision, 1 is F1. */
  readonly beta: number;
}

/**
 * The weighted harmonic mean of precision and recall: (1 + b^2) TP / ((1 + b^2) TP + FP + b^2 FN), 0 to 1.
 * Otherwise as `precision`. Source: van Rijsbergen (1979), chapter 7.
 */
export function fBeta(yTrue: LabelsLike, yPred: LabelsLike, options: FBetaOptions): number {
  const beta = expectNumber("beta", options.beta, "a number >= 0", (b) => b >= 0);
  const square = beta * beta;
  return classAverage(yTrue, yPred, options, ({ hits, predicted, actual }) => [
    (1 + square) * hits,
    predicted + square * actual,
  ]);
}
