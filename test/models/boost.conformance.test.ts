import { gradientBoostingClassifier, gradientBoostingRegressor } from "../../src/models/index.ts";
import { describeClassifier, describeRegressor } from "../conformance/estimator.ts";

describeClassifier(gradientBoostingClassifier, { trees: 20 });
describeRegressor(gradientBoostingRegressor, { trees: 20 });
