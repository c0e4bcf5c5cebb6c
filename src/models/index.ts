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
} from "./estimator.ts";
export {
  type ExtraTreesClassifier,
  extraTreesClassifier,
  type ExtraTreesRegressor,
  extraTreesRegressor,
} from "./extra-trees.ts";
export type { FittedTreeClassifier, FittedTreeRegressor } from "./fitted-trees.ts";
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
export { setDefaultModels } from "../wasm/default-models.ts";
