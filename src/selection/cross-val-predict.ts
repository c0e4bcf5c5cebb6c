import { expectOneOf, show, VernierError } from "../core/errors.ts";
import { encodeLabels, type Label } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Features } from "../core/table.ts";
import type { Classifier, Estimator, FittedClassifier, Regressor } from "../models/estimator.ts";
import { fitEstimator } from "./fit-estimator.ts";
import type { TargetsLike } from "./targets.ts";
import { type FoldedData, type FoldOptions, foldData, trainingFolds } from "./training-folds.ts";

export interface CrossValPredictOptions extends FoldOptions {
  /** What to ask of the models; default "predict". */
  readonly method?: "predict" | "predictProba" | "decisionFunction";
}

/**
 * What models say of samples that they have not seen: each row of X [n, d] is predicted by the one trained on the
 * folds without it. Of "predict" the classes or values [n]; of "predictProba" and "decisionFunction" a row each
 * [n, columns], probabilities in the order of y's sorted classes, 0 for a class that the model has not seen.
 * Throws what the model throws; `invalid-argument` unless every sample is on the test side of just one fold;
 * `unsupported` when the model lacks the method, or with decision values where a model has not seen every class.
 */
export function crossValPredict(
  estimator: Classifier<object>,
  X: Features,
  y: TargetsLike,
  options: CrossValPredictOptions & { readonly method: "predictProba" | "decisionFunction" },
): Matrix;
export function crossValPredict(
  estimator: Classifier<object>,
  X: Features,
  y: TargetsLike,
  options?: FoldOptions & { readonly method?: "predict" },
): Label[];
export function crossValPredict(
  estimator: Regressor<object>,
  X: Features,
  y: TargetsLike,
  options?: FoldOptions & { readonly method?: "predict" },
): Float64Array;
export function crossValPredict(
  estimator: Estimator<object>,
  X: Features,
  y: TargetsLike,
  options: CrossValPredictOptions = {},
): Label[] | Float64Array | Matrix {
  const methods = ["predict", "predictProba", "decisionFunction"] as const;
  const method = expectOneOf("method", options.method ?? "predict", methods);
  const data = foldData(estimator, X, y, options);
  expectPartition(data);
  if (method !== "predict") return rowsByFold(estimator, data, method);
  const predicted: Label[] = Array(data.y.length);
  trainingFolds(data).forEach(({ trainX, trainY, trainWeights, testX }, k) => {
    const answers = fitEstimator(estimator, trainX, trainY, trainWeights).predict(testX);
    data.folds[k]?.test.forEach((row, i) => {
      predicted[row] = answers[i] as Label;
    });
  });
  return estimator.task === "regression" ? Float64Array.from(predicted as number[]) : predicted;
}

function rowsByFold(
  estimator: Estimator<object>,
  data: FoldedData,
  method: "predictProba" | "decisionFunction",
): Matrix {
  if (estimator.task === "regression") lacks(method, estimator);
  const { classes } = encodeLabels(data.y);
  let all: Matrix | null = null;
  trainingFolds(data).forEach(({ trainX, trainY, trainWeights, testX }, k) => {
    const model = fitEstimator(estimator, trainX, trainY, trainWeights) as FittedClassifier;
    const answers = model[method]?.(testX) ?? lacks(method, estimator);
    if (method === "decisionFunction" && model.classes.length < classes.length) {
      const message = `"cv": expected every class in each training side for decision values, got a fold without one`;
      throw new VernierError("unsupported", message);
    }
    const columns = method === "predictProba" ? model.classes.map((label) => classes.indexOf(label)) : null;
    const cols = columns === null ? answers.cols : classes.length;
    all ??= { data: new Float64Array(data.y.length * cols), rows: data.y.length, cols };
    const out = all;
    data.folds[k]?.test.forEach((row, i) => {
      for (let j = 0; j < answers.cols; j++) {
        out.data[row * cols + (columns === null ? j : (columns[j] as number))] = answers.data[
          i * answers.cols + j
        ] as number;
      }
    });
  });
  return all as unknown as Matrix;
}

function lacks(method: string, { name }: Estimator<object>): never {
  throw new VernierError("unsupported", `"method": expected one that ${name} has, got ${show(method)}`);
}

function expectPartition({ y, folds }: FoldedData): void {
  const times = new Int32Array(y.length);
  for (const { test } of folds) for (const row of test) times[row] = (times[row] as number) + 1;
  const odd = times.findIndex((count) => count !== 1);
  if (odd < 0) return;
  const message = `"cv": expected every sample on one fold's test side, got sample ${odd} on ${times[odd]}`;
  throw new VernierError("invalid-argument", message);
}
