// vernier/models

export {
  type DecisionTreeClassifier,
  decisionTreeClassifier,
  type DecisionTreeRegressor,
  decisionTreeRegressor,
} from "./decision-tree.ts";
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
export {
  type ExtraTreesClassifier,
  extraTreesClassifier,
  type ExtraTreesRegressor,
  extraTreesRegressor,
} from "./extra-trees.ts";
export type { FittedTreeClassifier, FittedTreeRegressor } from "./fitted-trees.ts";
export type { GradientBoostingClassifierParams, GradientBoostingRegressorParams } from "./boost-params.ts";
export {
  type FittedGradientBoostingClassifier,
  type GradientBoostingClassifier,
  gradientBoostingClassifier,
} from "./gradient-boosting-classifier.ts";
export {
  type FittedGradientBoostingRegressor,
  type GradientBoostingRegressor,
  gradientBoostingRegressor,
} from "./gradient-boosting-regressor.ts";
export { type GaussianNb, gaussianNb } from "./gaussian-nb.ts";
export type { FittedGaussianNb } from "./gaussian-nb-fit.ts";
export type { GaussianNbParams } from "./gaussian-nb-params.ts";
export { type GpRegressor, gpRegressor } from "./gp-regressor.ts";
export type { FittedGpRegressor } from "./gp-regressor-fit.ts";
export type { GpRegressorParams } from "./gp-regressor-params.ts";
export { type KNeighborsClassifier, kNeighborsClassifier } from "./k-neighbors-classifier.ts";
export { type KNeighborsRegressor, kNeighborsRegressor } from "./k-neighbors-regressor.ts";
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
export {
  type RandomForestClassifier,
  randomForestClassifier,
  type RandomForestRegressor,
  randomForestRegressor,
} from "./random-forest.ts";
export type { FittedKNeighborsClassifier, FittedKNeighborsRegressor } from "./neighbors-fit.ts";
export type { NeighborsParams } from "./neighbors-params.ts";
export { estimatorNamed } from "./registry.ts";
export { type Svc, svc } from "./svc.ts";
export type { FittedSvc } from "./svc-fit.ts";
export type { SvcParams } from "./svc-params.ts";
export type {
  DecisionTreeClassifierParams,
  DecisionTreeRegressorParams,
  ForestClassifierParams,
  ForestRegressorParams,
} from "./tree-params.ts";
export { type Svr, type SvrParams, svr } from "./svr.ts";
export type { FittedSvr } from "./svr-fit.ts";
export { setDefaultModels } from "../wasm/default-models.ts";
export type { Neighbors } from "../wasm/neighbors.ts";
