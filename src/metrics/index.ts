// vernier/metrics

export {
  maxError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  medianAbsoluteError,
  type PinballLossOptions,
  pinballLoss,
} from "./absolute-error.ts";
export { accuracy, type BalancedAccuracyOptions, balancedAccuracy } from "./accuracy.ts";
export { type AveragePrecisionOptions, averagePrecision } from "./average-precision.ts";
export { type BrierScoreOptions, brierScore } from "./brier-score.ts";
export type { Average, PrecisionRecallOptions } from "./class-average.ts";
export {
  type ClassificationReport,
  type ClassificationReportOptions,
  classificationReport,
  formatReport,
  type ReportRow,
} from "./classification-report.ts";
export { type CohenKappaOptions, cohenKappa } from "./cohen-kappa.ts";
export { type ConfusionMatrix, type ConfusionMatrixOptions, confusionMatrix } from "./confusion-matrix.ts";
export {
  type CurveOptions,
  type PrecisionRecallCurve,
  precisionRecallCurve,
  type RocCurve,
  type RocCurveOptions,
  rocCurve,
} from "./curves.ts";
export { jaccard } from "./jaccard.ts";
export { type LogLossOptions, logLoss } from "./log-loss.ts";
export { makeScorer, type ScorerDefinition } from "./make-scorer.ts";
export { matthewsCorrelation } from "./matthews-correlation.ts";
export type { ValuesLike } from "./paired-values.ts";
export { type FBetaOptions, f1, fBeta, precision, recall } from "./precision-recall.ts";
export { explainedVariance, r2 } from "./r2.ts";
export { type RocAucOptions, rocAuc } from "./roc-auc.ts";
export type { SampleWeight, WeightOptions } from "./sample-weight.ts";
export type { Scorer } from "./scorer.ts";
export { scorerNamed, scorers } from "./scorers.ts";
export type { ScoresLike } from "./scores.ts";
export {
  meanSquaredError,
  meanSquaredLogError,
  rootMeanSquaredError,
  rootMeanSquaredLogError,
} from "./squared-error.ts";
export { type TopKAccuracyOptions, topKAccuracy } from "./top-k-accuracy.ts";
export { setDefaultMath } from "../wasm/default-math.ts";
