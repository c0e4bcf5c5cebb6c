import type { Label, LabelsLike } from "../../core/labels.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Space } from "../../core/space.ts";
import type { Features } from "../../core/table.ts";
import type { TreesCore } from "../../wasm/core.ts";
import { defaultTrees } from "../../wasm/default-trees.ts";
import { logisticProbabilities } from "../../wasm/logistic.ts";
import { boostingFacts, type FittedBoosting, packBoosted, rawPredictions, unpackBoosted } from "./boost-model.ts";
import { classifierParams, type GradientBoostingClassifierParams } from "./boost-params.ts";
import { boost, type Boosted } from "./boost-run.ts";
import { boostSpace } from "./boost-space.ts";
import type { Classifier, EstimatorMaker, FitOptions, FittedClassifier } from "../estimator.ts";
import type { ModelContents } from "../model-file.ts";
import { mostLikely } from "../most-likely.ts";
import { classificationData, sampleWeights } from "../training-data.ts";

/** A gradient boosting classifier that has not seen data. */
export interface GradientBoostingClassifier extends Classifier<GradientBoostingClassifierParams> {
  with(params: Readonly<Record<string, unknown>>): GradientBoostingClassifier;
  /**
   * As of any classifier, but X may have NaN for missing values; throws `numerical-failure` where the loss grows beyond
   * double precision.
   */
  fit(X: Features, y: LabelsLike, options?: FitOptions): FittedGradientBoostingClassifier;
}

/** A trained gradient boosting classifier. */
export interface FittedGradientBoostingClassifier extends FittedClassifier, FittedBoosting {
  readonly params: Readonly<GradientBoostingClassifierParams>;
  /** Raw predictions: one column [m, 1] for two classes, the log-odds of the second; else one a class [m, k]. */
  decisionFunction(X: Features): Matrix;
  /** Probabilities of the classes [m, k]; each row sums to 1. */
  predictProba(X: Features): Matrix;
  save(): ArrayBuffer;
}

/**
 * Histogram gradient boosting for classification: trees on binned columns, each grown leaf by leaf on the gradient of
 * the log-loss; with more than two classes one tree a class and stage. Missing values (NaN) are a bin of their own,
 * which each split sends to one side.
 * Throws `invalid-argument` for an unknown parameter or a value that is not allowed.
 * Method: Ke et al. (2017), LightGBM; settings as in scikit-learn's HistGradientBoostingClassifier.
 */
export const gradientBoostingClassifier: EstimatorMaker<GradientBoostingClassifier, GradientBoostingClassifierParams> =
  Object.assign(
    (params: Partial<GradientBoostingClassifierParams> = {}): GradientBoostingClassifier =>
      gradientBoostingClassifierOn(defaultTrees, classifierParams(params)),
    { space: boostSpace },
  );

const NAME = "gradientBoostingClassifier";

/** The same on the core that `core` returns, asked for at each fit. */
export function gradientBoostingClassifierOn(
  core: () => TreesCore,
  params: Readonly<GradientBoostingClassifierParams>,
): GradientBoostingClassifier {
  return Object.freeze({
    name: NAME,
    task: "classification",
    params,
    tabular: true,
    space: (): Space => boostSpace(),
    with: (changes: Readonly<Record<string, unknown>>) =>
      gradientBoostingClassifierOn(core, classifierParams(changes, params)),
    fit(features: Features, y: LabelsLike, options: FitOptions = {}) {
      const { X, labels } = classificationData(features, y, true);
      const { classes, codes } = labels;
      const given = sampleWeights(options, X.rows);
      const weights = params.classWeight === null ? given : balanced(codes, classes.length, given);
      const two = classes.length === 2;
      const task = {
        X,
        y: Float64Array.from(codes),
        weights,
        loss: two ? "logistic" : "softmax",
        quantile: 0.5,
        outputs: two ? 1 : classes.length,
        codes,
      } as const;
      return fitted(core(), params, classes, boost(core(), task, params));
    },
  });
}

/** Reads what `save()` of a trained classifier wrote. */
export function loadGradientBoostingClassifier(
  core: TreesCore,
  contents: ModelContents,
): FittedGradientBoostingClassifier {
  const { params, classes } = contents.settings as unknown as {
    readonly params: GradientBoostingClassifierParams;
    readonly classes: readonly Label[];
  };
  return fitted(core, params, classes, unpackBoosted(contents));
}

function fitted(
  core: TreesCore,
  params: Readonly<GradientBoostingClassifierParams>,
  classes: readonly Label[],
  boosted: Boosted,
): FittedGradientBoostingClassifier {
  const decide = (X: Features): Matrix => rawPredictions(core, boosted, X);
  return Object.freeze({
    ...boostingFacts(boosted),
    params,
    classes,
    save: () => packBoosted(NAME, { params, classes }, boosted),
    predict: (X: Features) => mostLikely(decide(X), classes),
    decisionFunction: decide,
    predictProba: (X: Features) => logisticProbabilities(core, decide(X)),
  });
}

/** Weights that give each class the same total, n / k where `weights` (null: 1 each) sum to n. */
function balanced(codes: Int32Array, k: number, weights: Float64Array | null): Float64Array {
  const totals = new Float64Array(k);
  const weight = (i: number): number => (weights === null ? 1 : (weights[i] as number));
  codes.forEach((code, i) => {
    totals[code] = (totals[code] as number) + weight(i);
  });
  const sum = totals.reduce((all, total) => all + total, 0);
  return Float64Array.from(codes, (code, i) => {
    const total = totals[code] as number;
    return total === 0 ? 0 : (weight(i) * sum) / (k * total);
  });
}
