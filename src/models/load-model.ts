import { show, VernierError } from "../core/errors.ts";
import { defaultModels } from "../wasm/default-models.ts";
import type { ModelsCore } from "../wasm/core.ts";
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

const loaders: Readonly<Record<string, (core: ModelsCore, contents: ModelContents) => FittedEstimator>> = {
  decisionTreeClassifier: loadTrees,
  decisionTreeRegressor: loadTrees,
  elasticNet: loadLinearModel,
  extraTreesClassifier: loadTrees,
  extraTreesRegressor: loadTrees,
  gaussianNb: loadGaussianNb,
  gpRegressor: loadGpRegressor,
  gradientBoostingClassifier: loadGradientBoostingClassifier,
  gradientBoostingRegressor: loadGradientBoostingRegressor,
  kNeighborsClassifier: loadKNeighborsClassifier,
  kNeighborsRegressor: loadKNeighborsRegressor,
  lasso: loadLinearModel,
  linearRegression: loadLinearModel,
  linearSvc: loadLinearSvc,
  logisticRegression: loadLogisticRegression,
  randomForestClassifier: loadTrees,
  randomForestRegressor: loadTrees,
  ridge: loadLinearModel,
  svc: loadSvc,
  svr: loadSvr,
};

/**
 * The trained model that `save()` made the bytes of: in this runtime or another, it predicts the same, bit for bit.
 * Throws `invalid-data` for bytes that are not a whole model file, and for a model that this version does not know.
 */
export function loadModel(file: ArrayBuffer | Uint8Array): FittedEstimator {
  return loadModelOn(defaultModels(), file);
}

/** The same on a given core. */
export function loadModelOn(core: ModelsCore, file: ArrayBuffer | Uint8Array): FittedEstimator {
  const contents = unpackModel(file);
  const load = Object.hasOwn(loaders, contents.name) ? loaders[contents.name] : undefined;
  if (load !== undefined) return load(core, contents);
  const known = Object.keys(loaders).map(show).join(", ");
  const hint = contents.name === "pipeline" ? ", which loadPipeline() of vernier/preprocessing reads" : "";
  throw new VernierError("invalid-data", `model file: expected one of ${known}, got ${show(contents.name)}${hint}`);
}
