// vernier/models

export type {
  Classifier,
  Estimator,
  EstimatorMaker,
  EstimatorParams,
  FitOptions,
  FittedClassifier,
  FittedEstimator,
  FittedRegressor,
  Regressor,
  Spec,
  SpecPart,
} from "./estimator.ts";
export { loadModel } from "./load-model.ts";
export type { FittedLogisticRegression } from "./logistic-fit.ts";
export type { LogisticRegressionParams } from "./logistic-params.ts";
export { type LogisticRegression, logisticRegression } from "./logistic-regression.ts";
export { estimatorNamed } from "./registry.ts";
export { type Svc, svc } from "./svc.ts";
export type { FittedSvc } from "./svc-fit.ts";
export type { SvcParams } from "./svc-params.ts";
export { setDefaultModels } from "../wasm/default-models.ts";
