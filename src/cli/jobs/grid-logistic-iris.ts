import { iris } from "../../datasets/iris.ts";
import { logisticRegression } from "../../models/logistic/logistic-regression.ts";
import { gridSearch } from "../../selection.ts";
import type { Job } from "../job.ts";

export const gridLogisticIris: Job = {
  name: "grid-logistic-iris",
  title: "grid search: logistic regression on iris, C x penalty, 5 stratified folds",
  trials: 8,
  run(options) {
    const { X, y } = iris();
    const grid = { C: [0.01, 0.1, 1, 10], penalty: ["l1", "l2"] };
    return gridSearch(logisticRegression(), grid, X, y, { ...options, cv: 5 });
  },
};
