import { expectOneOf } from "../core/errors.ts";
import type { LabelsLike } from "../core/labels.ts";
import { maxError, meanAbsoluteError, meanAbsolutePercentageError, medianAbsoluteError } from "./absolute-error.ts";
import { accuracy, balancedAccuracy } from "./accuracy.ts";
import { averagePrecision } from "./average-precision.ts";
import { brierScore } from "./brier-score.ts";
import type { PrecisionRecallOptions } from "./class-average.ts";
import { cohenKappa } from "./cohen-kappa.ts";
import { jaccard } from "./jaccard.ts";
import { logLoss } from "./log-loss.ts";
import { makeScorer, type ScorerDefinition } from "./make-scorer.ts";
import { matthewsCorrelation } from "./matthews-correlation.ts";
import { f1, precision, recall } from "./precision-recall.ts";
import { explainedVariance, r2 } from "./r2.ts";
import { rocAuc } from "./roc-auc.ts";
import type { Scorer } from "./scorer.ts";
import {
  meanSquaredError,
  meanSquaredLogError,
  rootMeanSquaredError,
  rootMeanSquaredLogError,
} from "./squared-error.ts";
import { topKAccuracy } from "./top-k-accuracy.ts";

type ScoreOf<Needs> = Extract<ScorerDefinition, { readonly needs: Needs }>["score"];

const ofLabels: Readonly<Record<string, ScoreOf<"labels">>> = {
  accuracy: (yTrue, predicted) => accuracy(yTrue, predicted),
  balancedAccuracy: (yTrue, predicted) => balancedAccuracy(yTrue, predicted),
  ...averages("precision", precision),
  ...averages("recall", recall),
  ...averages("f1", f1),
  ...averages("jaccard", jaccard),
  matthewsCorrelation: (yTrue, predicted) => matthewsCorrelation(yTrue, predicted),
  cohenKappa: (yTrue, predicted) => cohenKappa(yTrue, predicted),
  cohenKappaLinear: (yTrue, predicted) => cohenKappa(yTrue, predicted, { weights: "linear" }),
  cohenKappaQuadratic: (yTrue, predicted) => cohenKappa(yTrue, predicted, { weights: "quadratic" }),
};

const ofProbabilities: Readonly<Record<string, ScoreOf<"probabilities">>> = {
  negLogLoss: (yTrue, proba, labels) => -logLoss(yTrue, proba, { labels }),
  negBrierScore: (yTrue, proba, labels) => -brierScore(yTrue, proba, { labels }),
  top2Accuracy: (yTrue, proba, labels) => topKAccuracy(yTrue, proba, { k: 2, labels }),
  top3Accuracy: (yTrue, proba, labels) => topKAccuracy(yTrue, proba, { k: 3, labels }),
  top5Accuracy: (yTrue, proba, labels) => topKAccuracy(yTrue, proba, { k: 5, labels }),
};

const ofRanking: Readonly<Record<string, ScoreOf<"ranking">>> = {
  rocAuc: (yTrue, scores, labels) => rocAuc(yTrue, scores, { labels }),
  rocAucWeighted: (yTrue, scores, labels) => rocAuc(yTrue, scores, { labels, average: "weighted" }),
  rocAucOvo: (yTrue, scores, labels) => rocAuc(yTrue, scores, { labels, multiclass: "ovo" }),
  rocAucOvoWeighted: (yTrue, scores, labels) =>
    rocAuc(yTrue, scores, { labels, multiclass: "ovo", average: "weighted" }),
  averagePrecision: (yTrue, scores, labels) => averagePrecision(yTrue, scores, { labels }),
  averagePrecisionWeighted: (yTrue, scores, labels) => averagePrecision(yTrue, scores, { labels, average: "weighted" }),
};

const ofValues: Readonly<Record<string, ScoreOf<"values">>> = {
  r2: (yTrue, predicted) => r2(yTrue, predicted),
  explainedVariance: (yTrue, predicted) => explainedVariance(yTrue, predicted),
  negMeanSquaredError: (yTrue, predicted) => -meanSquaredError(yTrue, predicted),
  negRootMeanSquaredError: (yTrue, predicted) => -rootMeanSquaredError(yTrue, predicted),
  negMeanAbsoluteError: (yTrue, predicted) => -meanAbsoluteError(yTrue, predicted),
  negMedianAbsoluteError: (yTrue, predicted) => -medianAbsoluteError(yTrue, predicted),
  negMeanAbsolutePercentageError: (yTrue, predicted) => -meanAbsolutePercentageError(yTrue, predicted),
  negMaxError: (yTrue, predicted) => -maxError(yTrue, predicted),
  negMeanSquaredLogError: (yTrue, predicted) => -meanSquaredLogError(yTrue, predicted),
  negRootMeanSquaredLogError: (yTrue, predicted) => -rootMeanSquaredLogError(yTrue, predicted),
};

/**
 * Every score that searches and cross-validation know by name, greater being better.
 *
 * Classes: "accuracy", "balancedAccuracy"; "precision", "recall", "f1" and "jaccard" (two classes), each also with
 * Macro, Micro and Weighted; "matthewsCorrelation"; "cohenKappa", also with Linear and Quadratic. Probabilities:
 * "negLogLoss", "negBrierScore", "top2Accuracy", "top3Accuracy", "top5Accuracy" (more classes than that). Ranking:
 * "rocAuc" and "averagePrecision" (more than two classes: each against the rest), each also with Weighted;
 * "rocAucOvo", "rocAucOvoWeighted" (every pair).
 *
 * Numbers: "r2", "explainedVariance", and with neg in front "MeanSquaredError", "RootMeanSquaredError",
 * "MeanAbsoluteError", "MedianAbsoluteError", "MeanAbsolutePercentageError", "MaxError", "MeanSquaredLogError",
 * "RootMeanSquaredLogError".
 */
export const scorers: Readonly<Record<string, Scorer>> = Object.freeze({
  ...named("labels", ofLabels),
  ...named("probabilities", ofProbabilities),
  ...named("ranking", ofRanking),
  ...named("values", ofValues),
});

/** The scorer called `name`; throws `invalid-argument` listing the known ones. */
export function scorerNamed(name: string): Scorer {
  return scorers[expectOneOf("scoring", name, Object.keys(scorers))] as Scorer;
}

function named<Needs extends Scorer["needs"]>(
  needs: Needs,
  scores: Readonly<Record<string, ScoreOf<Needs>>>,
): Record<string, Scorer> {
  const entries = Object.entries(scores).map(([name, score]): [string, Scorer] => [
    name,
    makeScorer({ name, needs, score } as ScorerDefinition),
  ]);
  return Object.fromEntries(entries);
}

function averages(
  name: string,
  metric: (yTrue: LabelsLike, predicted: LabelsLike, options: PrecisionRecallOptions) => number,
): Record<string, ScoreOf<"labels">> {
  return {
    [name]: (yTrue, predicted) => metric(yTrue, predicted, { average: "binary" }),
    [`${name}Macro`]: (yTrue, predicted) => metric(yTrue, predicted, { average: "macro" }),
    [`${name}Micro`]: (yTrue, predicted) => metric(yTrue, predicted, { average: "micro" }),
    [`${name}Weighted`]: (yTrue, predicted) => metric(yTrue, predicted, { average: "weighted" }),
  };
}
