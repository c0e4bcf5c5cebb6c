import { elasticNet, lasso, linearRegression, logisticRegression, ridge, svc } from "../../src/models/index.ts";
import { describeClassifier, describeRegressor } from "../conformance/estimator.ts";

describeClassifier(logisticRegression);
describeClassifier(svc);
describeRegressor(linearRegression);
describeRegressor(ridge);
describeRegressor(lasso);
describeRegressor(elasticNet);
