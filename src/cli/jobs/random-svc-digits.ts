import { choice, float } from "../../core/space.ts";
import { digits } from "../../datasets/digits.ts";
import { svc } from "../../models/svm/svc.ts";
import { randomSearch } from "../../selection.ts";
import type { Job } from "../job.ts";

export const randomSvcDigits: Job = {
  name: "random-svc-digits",
  title: "random search: SVC on digits, C, kernel and gamma, 5 stratified folds",
  trials: 100,
  run(options) {
    const { X, y } = digits();
    const space = {
      C: float(0.01, 1.01),
      kernel: choice(["linear", "rbf"]),
      gamma: choice(["scale", 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    };
    return randomSearch(svc(), space, X, y, { ...options, cv: 5, trials: 100 });
  },
};
