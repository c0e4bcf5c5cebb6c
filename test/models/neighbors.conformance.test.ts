import { gaussianNb, gpRegressor, kNeighborsClassifier, kNeighborsRegressor } from "../../src/models/index.ts";
import { describeClassifier, describeRegressor } from "../conformance/estimator.ts";

describeClassifier(kNeighborsClassifier);
describeClassifier(kNeighborsClassifier, { weights: "distance", metric: "cosine" });
describeRegressor(kNeighborsRegressor);
describeRegressor(kNeighborsRegressor, { weights: "distance", metric: "minkowski", p: 3 });
describeClassifier(gaussianNb);
describeRegressor(gpRegressor);
describeRegressor(gpRegressor, { kernel: "rbf", ard: false, optimizer: "ml", normalizeY: false });
