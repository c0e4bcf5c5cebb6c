import { logisticRegression, svc } from "../../src/models/index.ts";
import { describeClassifier } from "../conformance/estimator.ts";

describeClassifier(logisticRegression);
describeClassifier(svc);
