import {
  decisionTreeClassifier,
  decisionTreeRegressor,
  extraTreesClassifier,
  extraTreesRegressor,
  randomForestClassifier,
  randomForestRegressor,
} from "../../src/models/index.ts";
import { describeClassifier, describeRegressor } from "../conformance/estimator.ts";

describeClassifier(decisionTreeClassifier);
describeRegressor(decisionTreeRegressor);
describeClassifier(randomForestClassifier, { trees: 5 });
describeRegressor(randomForestRegressor, { trees: 5 });
describeClassifier(extraTreesClassifier, { trees: 5 });
describeRegressor(extraTreesRegressor, { trees: 5 });
