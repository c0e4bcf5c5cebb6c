import type { ParamValue } from "../core/distribution.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import type { Matrix, MatrixLike } from "../core/matrix.ts";

/** An estimator's settings: plain values, so that they travel to workers and stand in records. */
export type EstimatorParams = Readonly<Record<string, ParamValue>>;

/** A classifier that has not seen data: a name and settings, immutable. */
export interface Classifier<P extends object = EstimatorParams> {
  /** As in `estimatorNamed`: `"svc"`. */
  readonly name: string;
  /** Every setting, defaults filled in. */
  readonly params: Readonly<P>;
  /** A copy with some settings replaced; throws `invalid-argument` for a name or value that is not allowed. */
  with(params: Readonly<Record<string, unknown>>): Classifier<P>;
  /**
   * Trains on X [n, d] and y [n].
   * Throws `invalid-data` for NaN or infinite features, unequal lengths, or a single class.
   */
  fit(X: MatrixLike, y: LabelsLike): FittedClassifier;
}

/** A trained classifier, immutable. */
export interface FittedClassifier {
  /** In sorted order; columns of scores and probabilities follow it. */
  readonly classes: readonly Label[];
  /** d, the number of columns that X must have. */
  readonly features: number;
  /** The class of each row of X [m, d]. */
  predict(X: MatrixLike): Label[];
  /** Scores whose meaning the model states; [m, columns]. */
  decisionFunction(X: MatrixLike): Matrix;
  /** Class probabilities [m, classes]; absent where the model has none. */
  predictProba?(X: MatrixLike): Matrix;
}
