import { breastCancer, iris } from "vernier/datasets";
import {
  type Classifier,
  decisionTreeClassifier,
  decisionTreeRegressor,
  elasticNet,
  extraTreesClassifier,
  extraTreesRegressor,
  type FittedClassifier,
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
  type Regressor,
  ridge,
  svc,
  svr,
} from "vernier/models";
import type { Results } from "./digest.ts";

const flowers = iris();
const cells = breastCancer();
// Ten columns of 120 rows; the first of them from the others.
const rows = Array.from({ length: 120 }, (_, i) => [...cells.X.data.subarray(i * 30, i * 30 + 10)]);
const X = rows.map((row) => row.slice(1));
const y = rows.map((row) => row[0] as number);
const sampleWeight = y.map((_, i) => 1 + (i % 3));

const models: Readonly<Record<string, Classifier<object> | Regressor<object>>> = {
  logisticRegression: logisticRegression(),
  "logisticRegression, elastic net": logisticRegression({ penalty: "elasticnet", l1Ratio: 0.5 }),
  linearSvc: linearSvc(),
  svc: svc(),
  "svc, poly": svc({ kernel: "poly", degree: 2 }),
  "svc, sigmoid": svc({ kernel: "sigmoid", gamma: 0.01 }),
  "svc, probabilities": svc({ kernel: "linear", probability: true }),
  kNeighborsClassifier: kNeighborsClassifier(),
  "kNeighborsClassifier, cosine": kNeighborsClassifier({ metric: "cosine", weights: "distance" }),
  gaussianNb: gaussianNb(),
  decisionTreeClassifier: decisionTreeClassifier(),
  randomForestClassifier: randomForestClassifier({ trees: 12 }),
  extraTreesClassifier: extraTreesClassifier({ trees: 12 }),
  gradientBoostingClassifier: gradientBoostingClassifier({ trees: 12 }),
  linearRegression: linearRegression(),
  ridge: ridge(),
  lasso: lasso(),
  elasticNet: elasticNet(),
  svr: svr(),
  kNeighborsRegressor: kNeighborsRegressor(),
  "kNeighborsRegressor, minkowski": kNeighborsRegressor({ metric: "minkowski", p: 3, weights: "distance" }),
  gpRegressor: gpRegressor(),
  "gpRegressor, rbf": gpRegressor({ kernel: "rbf", optimizer: "ml" }),
  decisionTreeRegressor: decisionTreeRegressor(),
  randomForestRegressor: randomForestRegressor({ trees: 12 }),
  extraTreesRegressor: extraTreesRegressor({ trees: 12 }),
  gradientBoostingRegressor: gradientBoostingRegressor({ trees: 12 }),
};

/** The whole model as bytes, and what it says of the rows that it has seen. */
function fitted(model: Classifier<object> | Regressor<object>): unknown {
  if (model.task === "regression") {
    const known = model.fit(X, y);
    return [known.save?.(), known.predict(X)];
  }
  const known: FittedClassifier = model.fit(flowers.X, flowers.y);
  const { X: table } = flowers;
  return [known.save?.(), known.predict(table), known.predictProba?.(table), known.decisionFunction?.(table)];
}

/** Every model, and some with weights. */
export const modelResults: Results = {
  ...Object.fromEntries(Object.entries(models).map(([name, model]) => [name, () => fitted(model)])),
  ...Object.fromEntries(
    [ridge(), svr(), gradientBoostingRegressor({ trees: 5 })].map((model) => [
      `${model.name}, weighted`,
      () => model.fit(X, y, { sampleWeight }).predict(X),
    ]),
  ),
};
