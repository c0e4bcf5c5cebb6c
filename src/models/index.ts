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
} from "./estimator.ts";
export {
  type ElasticNet,
  elasticNet,
  type Lasso,
  lasso,
  type LinearModel,
  type LinearRegression,
  linearRegression,
  type Ridge,
  ridge,
} from "./linear.ts";
export type { FittedLasso, FittedLinearModel } from "./linear-fit.ts";
export type { ElasticNetParams, LassoParams, LinearRegressionParams, RidgeParams } from "./linear-params.ts";
export { type LinearSvc, type LinearSvcParams, linearSvc } from "./linear-svc.ts";
export type { FittedLinearSvc } from "./linear-svc-fit.ts";
export { loadModel } from "./load-model.ts";
export type { FittedLogisticRegression } from "./logistic-fit.ts";
export type { LogisticRegressionParams } from "./logistic-params.ts";
export { type LogisticRegression, logisticRegression } from "./logistic-regression.ts";
export { estimatorNamed } from "./registry.ts";
export { type Svc, svc } from "./svc.ts";
export type { FittedSvc } from "./svc-fit.ts";
export type { SvcParams } from "./svc-params.ts";
export { type Svr, type SvrParams, svr } from "./svr.ts";
export type { FittedSvr } from "./svr-fit.ts";
export { setDefaultModels } from "../wasm/default-models.ts";
