import { expectOneOf } from "../core/errors.ts";
import { decisionTreeClassifier, decisionTreeRegressor } from "./decision-tree.ts";
import type { Estimator } from "./estimator.ts";
import { extraTreesClassifier, extraTreesRegressor } from "./extra-trees.ts";
import { gaussianNb } from "./gaussian-nb.ts";
import { gpRegressor } from "./gp-regressor.ts";
import { gradientBoostingClassifier } from "./gradient-boosting-classifier.ts";
import { gradientBoostingRegressor } from "./gradient-boosting-regressor.ts";
import { kNeighborsClassifier } from "./k-neighbors-classifier.ts";
import { kNeighborsRegressor } from "./k-neighbors-regressor.ts";
import { elasticNet, lasso, linearRegression, ridge } from "./linear.ts";
import { linearSvc } from "./linear-svc.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { randomForestClassifier, randomForestRegressor } from "./random-forest.ts";
import { svc } from "./svc.ts";
import { svr } from "./svr.ts";

// Makers of every estimator by name: how a worker rebuilds the estimator that a search was given.
const makers: Readonly<Record<string, () => Estimator>> = {
  decisionTreeClassifier,
  decisionTreeRegressor,
  elasticNet,
  extraTreesClassifier,
  extraTreesRegressor,
  gaussianNb,
  gpRegressor,
  gradientBoostingClassifier,
  gradientBoostingRegressor,
  kNeighborsClassifier,
  kNeighborsRegressor,
  lasso,
  linearRegression,
  linearSvc,
  logisticRegression,
  randomForestClassifier,
  randomForestRegressor,
  ridge,
  svc,
  svr,
};

/** The estimator called `name` with the given settings; throws `invalid-argument` for an unknown name. */
export function estimatorNamed(name: string, params: Readonly<Record<string, unknown>> = {}): Estimator {
  const make = makers[expectOneOf("estimator", name, Object.keys(makers))] as () => Estimator;
  return make().with(params);
}
