import {
  elasticNet,
  lasso,
  linearRegression,
  linearSvc,
  logisticRegression,
  ridge,
  svc,
  svr,
} from "../../src/models/index.ts";
import { describeClassifier, describeRegressor } from "../conformance/estimator.ts";

describeClassifier(logisticRegression);
describeClassifier(svc);
describeClassifier(linearSvc);
describeRegressor(linearRegression);
describeRegressor(ridge);
describeRegressor(lasso);
describeRegressor(elasticNet);
describeRegressor(svr);
