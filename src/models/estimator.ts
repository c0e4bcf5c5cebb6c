import type { ParamValue } from "../core/distribution.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Space } from "../core/space.ts";
import type { Features } from "../core/table.ts";

/**
 * Plain data from which an estimator or a transform can be made anew, in a worker or later: its name and settings,
 * and for one that joins others those, in order.
 */
export interface Spec {
  readonly name: string;
  readonly params: EstimatorParams;
  readonly parts?: readonly SpecPart[];
}

export interface SpecPart {
  readonly name: string;
  readonly spec: Spec;
  /** The columns that the part is for, where it is not for all. */
  readonly columns?: string | readonly (string | number)[];
}

/** An estimator's settings: plain values, so that they travel to workers and stand in records. */
export type EstimatorParams = Readonly<Record<string, ParamValue>>;

export interface FitOptions {
  /** What each sample counts [n], >= 0 with a positive sum; default 1 each. A weight of 2 is a row that is there twice. */
  readonly sampleWeight?: ArrayLike<number>;
}

/** What estimators have in common before they see data. */
interface Unfitted<P extends object> {
  /** As in `estimatorNamed`: `"svc"`. */
  readonly name: string;
  /** Every setting, defaults filled in. */
  readonly params: Readonly<P>;
  /** What it can be made anew from; absent where `name` and `params` are all. */
  spec?(): Spec;
  /** Whether X may have missing values and columns of categories; else both are refused at the door. */
  readonly tabular?: boolean;
  /** The settings that are usually tuned, in their usual ranges; absent where there is nothing to tune. */
  space?(): Space;
}

interface Fitted {
  /** d, the number of columns that X must have. */
  readonly features: number;
  /** The whole model as bytes, which `loadModel` reads in any runtime; absent where the model cannot be kept. */
  save?(): ArrayBuffer;
}

/** A classifier that has not seen data: a name and settings, immutable. */
export interface Classifier<P extends object = EstimatorParams> extends Unfitted<P> {
  readonly task: "classification";
  /** A copy with some settings replaced; throws `invalid-argument` for a name or value that is not allowed. */
  with(params: Readonly<Record<string, unknown>>): Classifier<P>;
  /**
   * Trains on X [n, d] and y [n].
   * Throws `invalid-data` for NaN or infinite features, unequal lengths, or a single class.
   */
  fit(X: Features, y: LabelsLike, options?: FitOptions): FittedClassifier;
}

/** A trained classifier, immutable. */
export interface FittedClassifier extends Fitted {
  /** In sorted order; columns of scores and probabilities follow it. */
  readonly classes: readonly Label[];
  /** The class of each row of X [m, d]. */
  predict(X: Features): Label[];
  /** Scores whose meaning the model states [m, columns]; absent where the model has none but probabilities. */
  decisionFunction?(X: Features): Matrix;
  /** Class probabilities [m, classes]; absent where the model has none. */
  predictProba?(X: Features): Matrix;
}

/** A regressor that has not seen data: a name and settings, immutable. */
export interface Regressor<P extends object = EstimatorParams> extends Unfitted<P> {
  readonly task: "regression";
  /** A copy with some settings replaced; throws `invalid-argument` for a name or value that is not allowed. */
  with(params: Readonly<Record<string, unknown>>): Regressor<P>;
  /**
   * Trains on X [n, d] and y [n].
   * Throws `invalid-data` for NaN or infinite numbers in X or y, or unequal lengths.
   */
  fit(X: Features, y: ArrayLike<number>, options?: FitOptions): FittedRegressor;
}

/** A trained regressor, immutable. */
export interface FittedRegressor extends Fitted {
  /** The value of each row of X [m, d]. */
  predict(X: Features): Float64Array;
}

export type Estimator<P extends object = EstimatorParams> = Classifier<P> | Regressor<P>;
export type FittedEstimator = FittedClassifier | FittedRegressor;

/** What `svc` and its like are: a function that makes the estimator from its settings. */
export interface EstimatorMaker<E, P extends object> {
  (params?: Partial<P>): E;
  /** The search space of `E` that is usual for it. */
  space(): Space;
}
