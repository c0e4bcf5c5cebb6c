import { expectInteger, VernierError } from "../core/errors.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import type { Matrix, MatrixLike } from "../core/matrix.ts";
import { checkFeatures, type Features, rowsOf, type Table, takeFeatures } from "../core/table.ts";
import { type Fold, foldWhere } from "./fold.ts";
import { groupShuffleSplit, shuffleSplit } from "./shuffle-split.ts";
import { checkSizes, type SideSizes, sideSizes } from "./side-sizes.ts";
import { stratifiedSplit } from "./stratified-shuffle-split.ts";

export interface TrainTestSplitOptions extends SideSizes {
  /** Default 0.25, or what trainSize leaves. */
  readonly testSize?: number;
  /** Whether rows are chosen at random; default true. Otherwise the first are trained on and the last tested. */
  readonly shuffle?: boolean;
  /** Keeps the shares of y's classes on both sides, or of other labels [n]; default false. */
  readonly stratify?: boolean | LabelsLike;
  /** Keeps every group on one side; the group of each sample [n]. Sizes are then shares or numbers of groups. */
  readonly groups?: LabelsLike;
  /** Of the shuffle; default 0. */
  readonly seed?: number;
}

/** The two sides, rows in the order of the table. */
export interface TrainTestSplit<Y, X extends Matrix | Table = Matrix> {
  readonly trainX: X;
  readonly testX: X;
  readonly trainY: Y[];
  readonly testY: Y[];
  readonly trainRows: Int32Array;
  readonly testRows: Int32Array;
}

/**
 * Divides X [n, d] and y [n], classes or numbers, into a side to train on and one to test on.
 * Missing values and columns of categories go where their rows go.
 * Throws `invalid-data` for infinite entries of X or unequal lengths; `invalid-argument` for sizes that
 * leave a side empty, classes too small to be shared, or options that exclude each other.
 */
export function trainTestSplit<Y extends Label>(
  X: MatrixLike,
  y: ArrayLike<Y>,
  options?: TrainTestSplitOptions,
): TrainTestSplit<Y>;
export function trainTestSplit<Y extends Label>(
  X: Table,
  y: ArrayLike<Y>,
  options?: TrainTestSplitOptions,
): TrainTestSplit<Y, Table>;
export function trainTestSplit<Y extends Label>(
  X: Features,
  y: ArrayLike<Y>,
  options: TrainTestSplitOptions = {},
): TrainTestSplit<Y, Matrix | Table> {
  const features = checkFeatures(X);
  const rows = rowsOf(features);
  if (rows !== y.length) {
    throw new VernierError("invalid-data", `"y": expected an entry for each of X's ${rows} rows, got ${y.length}`);
  }
  const { train, test } = divide(Array.from(y), options);
  const pick = (rows: Int32Array): Y[] => Array.from(rows, (row) => y[row] as Y);
  return {
    trainX: takeFeatures(features, train),
    testX: takeFeatures(features, test),
    trainY: pick(train),
    testY: pick(test),
    trainRows: train,
    testRows: test,
  };
}

function divide(y: readonly Label[], options: TrainTestSplitOptions): Fold {
  const { shuffle = true, stratify = false, groups, ...rest } = options;
  const sizes = checkSizes(rest);
  const seed = expectInteger("seed", options.seed ?? 0, 0);
  const labels = stratify === true ? y : stratify;
  if (!shuffle) {
    for (const name of ["stratify", "groups", "seed"] as const) {
      if (options[name] === undefined || options[name] === false) continue;
      throw new VernierError("invalid-argument", `"${name}": expected none with shuffle: false, got one`);
    }
    const { train, test } = sideSizes(y.length, sizes, DEFAULT_TEST_SIZE, "samples");
    return foldWhere(y.length, (row) => (row < train ? "train" : row < train + test ? "test" : null));
  }
  if (labels !== false && groups !== undefined) {
    throw new VernierError("invalid-argument", '"stratify": expected none with groups, got both');
  }
  if (labels === false) {
    const given = sizes.testSize ?? (sizes.trainSize === undefined ? DEFAULT_TEST_SIZE : undefined);
    const one = { ...sizes, ...(given === undefined ? {} : { testSize: given }), splits: 1, seed };
    const splitter = groups === undefined ? shuffleSplit(one) : groupShuffleSplit({ ...one, groups });
    return splitter.split(y)[0] as Fold;
  }
  if (labels.length !== y.length) {
    throw new VernierError(
      "invalid-argument",
      `"stratify": expected a label for each of the ${y.length} samples, got ${labels.length}`,
    );
  }
  return stratifiedSplit(labels, sizes, DEFAULT_TEST_SIZE, { seed, trial: 0, purpose: "stratifiedShuffleSplit" });
}

const DEFAULT_TEST_SIZE = 0.25;
