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
export { type GaussianNb, gaussianNb } from "./gaussian-nb.ts";
export type { FittedGaussianNb } from "./gaussian-nb-fit.ts";
export type { GaussianNbParams } from "./gaussian-nb-params.ts";
export { type GpRegressor, gpRegressor } from "./gp-regressor.ts";
export type { FittedGpRegressor } from "./gp-regressor-fit.ts";
export type { GpRegressorParams } from "./gp-regressor-params.ts";
export { type KNeighborsClassifier, kNeighborsClassifier } from "./k-neighbors-classifier.ts";
export { type KNeighborsRegressor, kNeighborsRegressor } from "./k-neighbors-regressor.ts";
export { loadModel } from "./load-model.ts";
export type { FittedLogisticRegression } from "./logistic-fit.ts";
export type { LogisticRegressionParams } from "./logistic-params.ts";
export { type LogisticRegression, logisticRegression } from "./logistic-regression.ts";
export type { FittedKNeighborsClassifier, FittedKNeighborsRegressor } from "./neighbors-fit.ts";
export type { NeighborsParams } from "./neighbors-params.ts";
export { estimatorNamed } from "./registry.ts";
export { type Svc, svc } from "./svc.ts";
export type { FittedSvc } from "./svc-fit.ts";
export type { SvcParams } from "./svc-params.ts";
export { setDefaultModels } from "../wasm/default-models.ts";
export type { Neighbors } from "../wasm/neighbors.ts";
