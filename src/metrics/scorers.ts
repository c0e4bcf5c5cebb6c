import { expectOneOf } from "../core/errors.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";
import { accuracy, balancedAccuracy } from "./accuracy.ts";
import { logLoss } from "./log-loss.ts";
import { f1, type PrecisionRecallOptions, precision, recall } from "./precision-recall.ts";
import { r2 } from "./r2.ts";
import { rocAuc } from "./roc-auc.ts";
import { meanSquaredError } from "./squared-error.ts";

/** A score of which greater is better, and what it is computed from. */
export type Scorer =
  | {
      readonly name: string;
      /** The predicted classes. */
      readonly needs: "labels";
      score(yTrue: LabelsLike, predicted: LabelsLike): number;
    }
  | {
      readonly name: string;
      /** Class probabilities [n, classes]. */
      readonly needs: "probabilities";
      score(yTrue: LabelsLike, proba: Matrix, classes: readonly Label[]): number;
    }
  | {
      readonly name: string;
      /** For two classes a list of numbers [n] that grow with the second class's odds; for more, probabilities. */
      readonly needs: "ranking";
      score(yTrue: LabelsLike, scores: Float64Array | Matrix, classes: readonly Label[]): number;
    }
  | {
      readonly name: string;
      /** A regressor's predictions [n]. */
      readonly needs: "values";
      score(yTrue: ArrayLike<number>, predicted: Float64Array): number;
    };

type LabelScore = (yTrue: LabelsLike, predicted: LabelsLike) => number;
type Averaged = (yTrue: LabelsLike, predicted: LabelsLike, options: PrecisionRecallOptions) => number;

const labelScores: Readonly<Record<string, LabelScore>> = {
  accuracy,
  balancedAccuracy,
  ...averages("precision", precision),
  ...averages("recall", recall),
  ...averages("f1", f1),
};

/**
 * Every score that searches and cross-validation know by name, greater being better: "accuracy",
 * "balancedAccuracy"; "precision", "recall" and "f1" (two classes), each also with Macro, Micro and Weighted;
 * "negLogLoss"; "rocAuc" (more than two classes: each against the rest).
 */
export const scorers: Readonly<Record<string, Scorer>> = Object.freeze({
  ...Object.fromEntries(
    Object.entries(labelScores).map(([name, score]): [string, Scorer] => [name, { name, needs: "labels", score }]),
  ),
  negLogLoss: {
    name: "negLogLoss",
    needs: "probabilities",
    score: (yTrue, proba, classes) => -logLoss(yTrue, proba, { labels: classes }),
  },
  rocAuc: {
    name: "rocAuc",
    needs: "ranking",
    score: (yTrue, scores, classes) => rocAuc(yTrue, scores, { labels: classes }),
  },
  r2: { name: "r2", needs: "values", score: r2 },
  negMeanSquaredError: {
    name: "negMeanSquaredError",
    needs: "values",
    score: (yTrue, predicted) => -meanSquaredError(yTrue, predicted),
  },
});

/** The scorer called `name`; throws `invalid-argument` listing the known ones. */
export function scorerNamed(name: string): Scorer {
  return scorers[expectOneOf("scoring", name, Object.keys(scorers))] as Scorer;
}

function averages(name: string, metric: Averaged): Record<string, LabelScore> {
  return {
    [name]: (yTrue, predicted) => metric(yTrue, predicted, { average: "binary" }),
    [`${name}Macro`]: (yTrue, predicted) => metric(yTrue, predicted, { average: "macro" }),
    [`${name}Micro`]: (yTrue, predicted) => metric(yTrue, predicted, { average: "micro" }),
    [`${name}Weighted`]: (yTrue, predicted) => metric(yTrue, predicted, { average: "weighted" }),
  };
}
