// vernier/models

export {
  type DecisionTreeClassifier,
  decisionTreeClassifier,
  type DecisionTreeRegressor,
  decisionTreeRegressor,
} from "./trees/decision-tree.ts";
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
} from "./trees/extra-trees.ts";
export type { FittedTreeClassifier, FittedTreeRegressor } from "./trees/fitted-trees.ts";
export type { GradientBoostingClassifierParams, GradientBoostingRegressorParams } from "./boosting/boost-params.ts";
export {
  type FittedGradientBoostingClassifier,
  type GradientBoostingClassifier,
  gradientBoostingClassifier,
} from "./boosting/gradient-boosting-classifier.ts";
export {
  type FittedGradientBoostingRegressor,
  type GradientBoostingRegressor,
  gradientBoostingRegressor,
} from "./boosting/gradient-boosting-regressor.ts";
export { type GaussianNb, gaussianNb } from "./bayes/gaussian-nb.ts";
export type { FittedGaussianNb } from "./bayes/gaussian-nb-fit.ts";
export type { GaussianNbParams } from "./bayes/gaussian-nb-params.ts";
export { type GpRegressor, gpRegressor } from "./gp/gp-regressor.ts";
export type { FittedGpRegressor } from "./gp/gp-regressor-fit.ts";
export type { GpRegressorParams } from "./gp/gp-regressor-params.ts";
export { type KNeighborsClassifier, kNeighborsClassifier } from "./neighbors/k-neighbors-classifier.ts";
export { type KNeighborsRegressor, kNeighborsRegressor } from "./neighbors/k-neighbors-regressor.ts";
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
} from "./linear/linear.ts";
export type { FittedLasso, FittedLinearModel } from "./linear/linear-fit.ts";
export type { ElasticNetParams, LassoParams, LinearRegressionParams, RidgeParams } from "./linear/linear-params.ts";
export { type LinearSvc, type LinearSvcParams, linearSvc } from "./linear/linear-svc.ts";
export type { FittedLinearSvc } from "./linear/linear-svc-fit.ts";
export { loadModel } from "./load-model.ts";
export type { FittedLogisticRegression } from "./logistic/logistic-fit.ts";
export type { LogisticRegressionParams } from "./logistic/logistic-params.ts";
export { type LogisticRegression, logisticRegression } from "./logistic/logistic-regression.ts";
export {
  type RandomForestClassifier,
  randomForestClassifier,
  type RandomForestRegressor,
  randomForestRegressor,
} from "./trees/random-forest.ts";
export type { FittedKNeighborsClassifier, FittedKNeighborsRegressor } from "./neighbors/neighbors-fit.ts";
export type { NeighborsParams } from "./neighbors/neighbors-params.ts";
export { estimatorNamed } from "./registry.ts";
export { type Svc, svc } from "./svm/svc.ts";
export type { FittedSvc } from "./svm/svc-fit.ts";
export type { SvcParams } from "./svm/svc-params.ts";
export type {
  DecisionTreeClassifierParams,
  DecisionTreeRegressorParams,
  ForestClassifierParams,
  ForestRegressorParams,
} from "./trees/tree-params.ts";
export { type Svr, type SvrParams, svr } from "./svm/svr.ts";
export type { FittedSvr } from "./svm/svr-fit.ts";
export { setDefaultModels } from "../wasm/default-models.ts";
export { setDefaultTrees } from "../wasm/default-trees.ts";
export type { Neighbors } from "../wasm/neighbors.ts";
