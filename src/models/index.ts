// vernier/models

export type { Classifier, EstimatorParams, FittedClassifier } from "./estimator.ts";
export { estimatorNamed } from "./registry.ts";
