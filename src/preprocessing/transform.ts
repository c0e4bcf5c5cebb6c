import type { LabelsLike } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Space } from "../core/space.ts";
import type { Features, Table } from "../core/table.ts";
import type { EstimatorParams, Spec } from "../models/estimator.ts";

/** What a supervised transform learns from beside X: classes, or numbers. */
export type Target = LabelsLike | ArrayLike<number>;

export interface TransformOptions {
  /** What the columns of X are called, where X is no table; default "x0", "x1", ... */
  readonly names?: readonly string[];
}

/** A transform that has not seen data: a name and settings, immutable. */
export interface Transform<P extends object = EstimatorParams, F extends FittedTransform = FittedTransform> {
  readonly task: "transform";
  /** As in `transformNamed`: `"standardScaler"`. */
  readonly name: string;
  /** Every setting, defaults filled in. */
  readonly params: Readonly<P>;
  /** Whether `fit` needs y. */
  readonly supervised: boolean;
  /** The settings that are usually tuned, in their usual ranges; absent where there is nothing to tune. */
  space?(): Space;
  /**
   * All that it depends on, from which it can be made anew; absent where that is not plain data, as with functions:
   * then it is not sent to workers, and what it makes of a training table is not remembered.
   */
  spec?(): Spec;
  /** A copy with some settings replaced; throws `invalid-argument` for a name or value that is not allowed. */
  with(params: Readonly<Record<string, unknown>>): Transform<P, F>;
  /** Learns from X [n, d], and y [n] if supervised. Throws `invalid-data` for what the transform cannot take. */
  fit(X: Features, y?: Target, options?: TransformOptions): F;
}

/** A trained transform, immutable. */
export interface FittedTransform<O extends Matrix | Table = Matrix | Table> {
  readonly name: string;
  /** d, the number of columns that X must have. */
  readonly features: number;
  /** What the columns of its output are called. */
  readonly names: readonly string[];
  /**
   * X [m, d] transformed, row by row. Columns of a table are found by name where the training data was a table,
   * else taken in order.
   */
  transform(X: Features): O;
  /** From transformed rows those they came from, as far as they can be told; absent where they cannot. */
  inverseTransform?(Z: Features): Matrix;
  /** The whole trained transform as bytes, which `loadTransform` reads in any runtime. */
  save(): ArrayBuffer;
}

/** What `standardScaler` and its like are: a function that makes the transform from its settings. */
export interface TransformMaker<P extends object, F extends FittedTransform = FittedTransform> {
  (params?: Partial<P>): Transform<P, F>;
  /** The search space that is usual for it. */
  space(): Space;
}
