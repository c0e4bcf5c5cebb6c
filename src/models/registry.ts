import { expectOneOf } from "../core/errors.ts";
import { decisionTreeClassifier, decisionTreeRegressor } from "./trees/decision-tree.ts";
import type { Estimator } from "./estimator.ts";
import { extraTreesClassifier, extraTreesRegressor } from "./trees/extra-trees.ts";
import { gaussianNb } from "./bayes/gaussian-nb.ts";
import { gpRegressor } from "./gp/gp-regressor.ts";
import { gradientBoostingClassifier } from "./boosting/gradient-boosting-classifier.ts";
import { gradientBoostingRegressor } from "./boosting/gradient-boosting-regressor.ts";
import { kNeighborsClassifier } from "./neighbors/k-neighbors-classifier.ts";
import { kNeighborsRegressor } from "./neighbors/k-neighbors-regressor.ts";
import { elasticNet, lasso, linearRegression, ridge } from "./linear/linear.ts";
import { linearSvc } from "./linear/linear-svc.ts";
import { logisticRegression } from "./logistic/logistic-regression.ts";
import { randomForestClassifier, randomForestRegressor } from "./trees/random-forest.ts";
import { svc } from "./svm/svc.ts";
import { svr } from "./svm/svr.ts";

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
