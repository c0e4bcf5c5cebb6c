import { show, VernierError } from "../core/errors.ts";
import { defaultModels } from "../wasm/default-models.ts";
import { defaultTrees } from "../wasm/default-trees.ts";
import type { ModelsCore, TreesCore } from "../wasm/core.ts";
import type { FittedEstimator } from "./estimator.ts";
import { loadTrees } from "./trees/fitted-trees.ts";
import { loadGaussianNb } from "./bayes/gaussian-nb-fit.ts";
import { loadGpRegressor } from "./gp/gp-regressor-fit.ts";
import { loadGradientBoostingClassifier } from "./boosting/gradient-boosting-classifier.ts";
import { loadGradientBoostingRegressor } from "./boosting/gradient-boosting-regressor.ts";
import { loadLinearModel } from "./linear/linear-fit.ts";
import { loadLinearSvc } from "./linear/linear-svc-fit.ts";
import { loadLogisticRegression } from "./logistic/logistic-fit.ts";
import { type ModelContents, unpackModel } from "./model-file.ts";
import { loadKNeighborsClassifier, loadKNeighborsRegressor } from "./neighbors/neighbors-fit.ts";
import { loadSvc } from "./svm/svc-fit.ts";
import { loadSvr } from "./svm/svr-fit.ts";

type Load = (contents: ModelContents) => FittedEstimator;
const onModels =
  (load: (core: ModelsCore, contents: ModelContents) => FittedEstimator): Load =>
  (contents) =>
    load(defaultModels(), contents);
const onTrees =
  (load: (core: TreesCore, contents: ModelContents) => FittedEstimator): Load =>
  (contents) =>
    load(defaultTrees(), contents);

const loaders: Readonly<Record<string, Load>> = {
  decisionTreeClassifier: onTrees(loadTrees),
  decisionTreeRegressor: onTrees(loadTrees),
  elasticNet: onModels(loadLinearModel),
  extraTreesClassifier: onTrees(loadTrees),
  extraTreesRegressor: onTrees(loadTrees),
  gaussianNb: onModels(loadGaussianNb),
  gpRegressor: onModels(loadGpRegressor),
  gradientBoostingClassifier: onTrees(loadGradientBoostingClassifier),
  gradientBoostingRegressor: onTrees(loadGradientBoostingRegressor),
  kNeighborsClassifier: onModels(loadKNeighborsClassifier),
  kNeighborsRegressor: onModels(loadKNeighborsRegressor),
  lasso: onModels(loadLinearModel),
  linearRegression: onModels(loadLinearModel),
  linearSvc: onModels(loadLinearSvc),
  logisticRegression: onModels(loadLogisticRegression),
  randomForestClassifier: onTrees(loadTrees),
  randomForestRegressor: onTrees(loadTrees),
  ridge: onModels(loadLinearModel),
  svc: onModels(loadSvc),
  svr: onModels(loadSvr),
};

/**
 * The trained model that `save()` made the bytes of: in this runtime or another, it predicts the same, bit for bit.
 * Throws `invalid-data` for bytes that are not a whole model file, and for a model that this version does not know.
 */
export function loadModel(file: ArrayBuffer | Uint8Array): FittedEstimator {
  const contents = unpackModel(file);
  const load = Object.hasOwn(loaders, contents.name) ? loaders[contents.name] : undefined;
  if (load !== undefined) return load(contents);
  const known = Object.keys(loaders).map(show).join(", ");
  const hint = contents.name === "pipeline" ? ", which loadPipeline() of vernier/preprocessing reads" : "";
  throw new VernierError("invalid-data", `model file: expected one of ${known}, got ${show(contents.name)}${hint}`);
}
