import { expectOneOf } from "../core/errors.ts";
import type { Estimator } from "./estimator.ts";
import { gaussianNb } from "./gaussian-nb.ts";
import { gpRegressor } from "./gp-regressor.ts";
import { gradientBoostingClassifier } from "./gradient-boosting-classifier.ts";
import { gradientBoostingRegressor } from "./gradient-boosting-regressor.ts";
import { kNeighborsClassifier } from "./k-neighbors-classifier.ts";
import { kNeighborsRegressor } from "./k-neighbors-regressor.ts";
import { elasticNet, lasso, linearRegression, ridge } from "./linear.ts";
import { linearSvc } from "./linear-svc.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { svc } from "./svc.ts";
import { svr } from "./svr.ts";

// Makers of every estimator by name: how a worker rebuilds the estimator that a search was given.
const makers: Readonly<Record<string, () => Estimator>> = {
  elasticNet,
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
  ridge,
  svc,
  svr,
};

/** The estimator called `name` with the given settings; throws `invalid-argument` for an unknown name. */
export function estimatorNamed(name: string, params: Readonly<Record<string, unknown>> = {}): Estimator {
  const make = makers[expectOneOf("estimator", name, Object.keys(makers))] as () => Estimator;
  return make().with(params);
}
