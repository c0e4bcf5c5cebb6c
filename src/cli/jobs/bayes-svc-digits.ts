import { float } from "../../core/space.ts";
import { digits } from "../../datasets/digits.ts";
import { svc } from "../../models/svm/svc.ts";
import { bayesSearch } from "../../selection.ts";
import type { Job } from "../job.ts";

export const bayesSvcDigits: Job = {
  name: "bayes-svc-digits",
  title: "Bayesian search: rbf SVC on digits, log C and log gamma, 5 stratified folds",
  trials: 60,
  run(options) {
    const { X, y } = digits();
    const space = { C: float(1e-2, 1e3, { log: true }), gamma: float(1e-5, 1e-1, { log: true }) };
    return bayesSearch(svc({ kernel: "rbf" }), space, X, y, { ...options, cv: 5, trials: 60, patience: 25 });
  },
};
