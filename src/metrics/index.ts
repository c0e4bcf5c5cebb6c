// vernier/metrics

export { accuracy, balancedAccuracy } from "./accuracy.ts";
export { type ConfusionMatrix, confusionMatrix } from "./confusion-matrix.ts";
export { type LogLossOptions, logLoss } from "./log-loss.ts";
export { type Average, f1, type PrecisionRecallOptions, precision, recall } from "./precision-recall.ts";
export { type RocAucOptions, rocAuc } from "./roc-auc.ts";
export { type Scorer, scorerNamed, scorers } from "./scorers.ts";
