import { VernierError } from "../../core/errors.ts";
import type { Label } from "../../core/labels.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Features } from "../../core/table.ts";
import { bayesScores } from "../../wasm/bayes.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { logisticProbabilities } from "../../wasm/logistic.ts";
import { logArray } from "../../wasm/math.ts";
import { classMoments } from "./class-moments.ts";
import type { FittedClassifier } from "../estimator.ts";
import type { GaussianNbParams } from "./gaussian-nb-params.ts";
import { type ModelContents, packModel } from "../model-file.ts";
import { mostLikely } from "../most-likely.ts";
import { predictionData, type TrainingData } from "../training-data.ts";

/** A trained Gaussian naive Bayes classifier over K classes and d features. */
export interface FittedGaussianNb extends FittedClassifier {
  readonly params: Readonly<GaussianNbParams>;
  /** Shares of the classes in the training data [K], by weight. */
  readonly priors: readonly number[];
  /** The features' means in each class [K, d]. */
  readonly means: Matrix;
  /** Their variances [K, d], with `epsilon` added. */
  readonly variances: Matrix;
  /** varSmoothing times the largest variance of a feature in the training data, by weight. */
  readonly epsilon: number;
  /** Joint log-likelihoods log p(class, x) [m, K]. */
  decisionFunction(X: Features): Matrix;
  /** Probabilities of the classes [m, K]; each row sums to 1. */
  predictProba(X: Features): Matrix;
  save(): ArrayBuffer;
}

interface GaussianNbState {
  readonly params: Readonly<GaussianNbParams>;
  readonly classes: readonly Label[];
  readonly epsilon: number;
  readonly priors: Float64Array;
  readonly means: Matrix;
  readonly variances: Matrix;
}

const TWO_PI = 6.283185307179586;

/**
 * Trains on checked data. A weight of 2 is a row that is there twice, also in what is smoothed by; scikit-learn leaves
 * the weights out of the latter.
 */
export function fitGaussianNb(
  core: ModelsCore,
  params: Readonly<GaussianNbParams>,
  { X, labels }: TrainingData,
  weights: Float64Array | null,
): FittedGaussianNb {
  const { classes, codes } = labels;
  const { totals, means, variances } = classMoments(X, codes, classes.length, weights);
  const empty = totals.indexOf(0);
  if (empty >= 0) {
    const message = `"sampleWeight": expected a weight > 0 in every class, got only 0 in ${String(classes[empty])}`;
    throw new VernierError("invalid-data", message);
  }
  const whole = classMoments(X, new Int32Array(X.rows), 1, weights);
  const epsilon = params.varSmoothing * whole.variances.reduce((largest, value) => Math.max(largest, value), 0);
  const smoothed = variances.map((variance) => variance + epsilon);
  const shape = { rows: classes.length, cols: X.cols };
  expectVariances(smoothed, shape.cols);
  return fittedGaussianNb(core, {
    params,
    classes,
    epsilon,
    priors: totals.map((total) => total / (whole.totals[0] as number)),
    means: { ...shape, data: means },
    variances: { ...shape, data: smoothed },
  });
}

/** Reads what `save()` of a trained classifier wrote. */
export function loadGaussianNb(core: ModelsCore, { settings, arrays }: ModelContents): FittedGaussianNb {
  const { rows, cols, ...rest } = settings as unknown as Pick<GaussianNbState, "params" | "classes" | "epsilon"> &
    Matrix;
  const numbers = arrays as Readonly<Record<"priors" | "means" | "variances", Float64Array>>;
  return fittedGaussianNb(core, {
    ...rest,
    priors: numbers.priors,
    means: { data: numbers.means, rows, cols },
    variances: { data: numbers.variances, rows, cols },
  });
}

function fittedGaussianNb(core: ModelsCore, state: GaussianNbState): FittedGaussianNb {
  const { priors, means, variances, ...rest } = state;
  const { rows, cols } = means;
  const logs = logArray(
    core,
    variances.data.map((variance) => TWO_PI * variance),
  );
  const constants = logArray(core, priors).map((logPrior, k) => {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += logs[k * cols + j] as number;
    return logPrior - 0.5 * sum;
  });
  // Copies: what is shown may be written to.
  const own = (matrix: Matrix, data = matrix.data): Matrix => ({ rows, cols, data: data.slice() });
  const precisions = own(
    variances,
    variances.data.map((variance) => 1 / variance),
  );
  const model = { means: own(means), precisions, constants };
  const scores = (X: Features): Matrix => bayesScores(core, model, predictionData(X, cols));
  const settings = { ...rest, rows, cols };
  const arrays = { priors, means: model.means.data, variances: variances.data.slice() };
  return Object.freeze({
    ...rest,
    features: cols,
    priors: Array.from(priors),
    means,
    variances,
    save: () => packModel({ name: "gaussianNb", settings, arrays }),
    predict: (X: Features) => mostLikely(scores(X), rest.classes),
    decisionFunction: scores,
    predictProba: (X: Features) => logisticProbabilities(core, scores(X)),
  });
}

function expectVariances(variances: Float64Array, cols: number): void {
  const bad = variances.findIndex((variance) => !(1 / variance > 0 && Number.isFinite(1 / variance)));
  if (bad < 0) return;
  const message = `"X": expected a positive, finite variance in every class, got ${variances[bad]} in column ${bad % cols}; raise varSmoothing or drop the column`;
  throw new VernierError("invalid-data", message);
}
