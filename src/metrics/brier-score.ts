import type { Label, LabelsLike } from "../core/labels.ts";
import type { MatrixLike } from "../core/matrix.ts";
import { codesIn } from "./paired-labels.ts";
import { probabilityClasses, toProbabilities } from "./probabilities.ts";
import { weightedMean, type WeightOptions, weightsOf } from "./sample-weight.ts";

export interface BrierScoreOptions extends WeightOptions {
  /** The classes in the order of `proba`'s columns; default those of yTrue, sorted. */
  readonly labels?: readonly Label[];
  /** Whether to halve the score, so that the worst is 1; default for two classes, not for more. */
  readonly scaleByHalf?: boolean;
}

/**
 * Mean over the samples of the squared distance between the probabilities and the truth (1 for the true class, 0
 * for the others), 0 to 2, halved for two classes: then it is the mean of (p - truth)^2 of either class. 0 is
 * perfect. `proba` is [n, classes].
 * Throws `invalid-data` for unequal lengths, wrong columns, entries outside [0, 1], rows that do not sum to 1,
 * weights that are none, or a single class without `labels`.
 * Source: Brier (1950).
 */
export function brierScore(yTrue: LabelsLike, proba: MatrixLike, options: BrierScoreOptions = {}): number {
  const classes = probabilityClasses(yTrue, options.labels);
  const codes = codesIn("yTrue", yTrue, classes);
  const P = toProbabilities("proba", proba, codes.length, classes);
  const score = weightedMean(weightsOf(options.sampleWeight, codes.length), (i) => {
    let sum = 0;
    for (let k = 0; k < P.cols; k++) {
      const error = (P.data[i * P.cols + k] as number) - (codes[i] === k ? 1 : 0);
      sum += error * error;
    }
    return sum;
  });
  return (options.scaleByHalf ?? classes.length === 2) ? score / 2 : score;
}
