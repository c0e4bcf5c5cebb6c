import { elasticNet, lasso, linearRegression, logisticRegression, ridge, svc, svr } from "../../src/models/index.ts";
import { describeClassifier, describeRegressor } from "../conformance/estimator.ts";

describeClassifier(logisticRegression);
describeClassifier(svc);
describeRegressor(linearRegression);
describeRegressor(ridge);
describeRegressor(lasso);
describeRegressor(elasticNet);
describeRegressor(svr);
