import { expectInteger, show, VernierError } from "../core/errors.ts";
import type { Features } from "../core/table.ts";
import type { Estimator } from "../models/estimator.ts";
import { toErrorScore } from "./error-score.ts";
import { nestedOrder } from "./nested-rows.ts";
import { deviationOf, type FoldScoring, meanOf, scoreFold } from "./score-fold.ts";
import { defaultScoring, type ScoringLike, toOneMetric } from "./scoring.ts";
import { stopwatch } from "./stopwatch.ts";
import { takeTargets, type TargetsLike } from "./targets.ts";
import { type FoldOptions, foldData, type TrainingFold, trainingFolds } from "./training-folds.ts";

/** What curves of scores take. */
export interface CurveOptions extends FoldOptions {
  /** A name (default "accuracy", for regressors "r2"), a scorer or a function; greater is better. */
  readonly scoring?: ScoringLike;
  /** What a fold scores whose fit or score throws; default "raise": the error goes on. */
  readonly errorScore?: number | "raise";
}

/** Scores at one point of a curve. */
export interface CurvePoint {
  /** On each fold's test side. */
  readonly testScores: readonly number[];
  readonly testMean: number;
  readonly testStd: number;
  /** On the rows that were trained on, by fold. */
  readonly trainScores: readonly number[];
  readonly trainMean: number;
  readonly trainStd: number;
  /** Of each fold's fit. */
  readonly fitSeconds: readonly number[];
}

export interface LearningCurveOptions extends CurveOptions {
  /**
   * Numbers of training rows, or, where none is above 1, shares of the smallest training side; default
   * [0.1, 0.325, 0.55, 0.775, 1].
   */
  readonly trainSizes?: readonly number[];
  /** Of the choice of rows; default 0. */
  readonly seed?: number;
}

/** The scores by number of training rows. */
export type LearningCurve = readonly (CurvePoint & { readonly trainSize: number })[];

/**
 * How scores grow with the rows that are trained on: of each fold's training side random parts of the given sizes,
 * each holding the smaller ones, in which classes keep their shares. Sizes that come out equal are one point.
 * Throws `invalid-argument` for sizes that are neither all shares nor all whole numbers within the smallest training
 * side, and what `crossValidate` throws.
 */
export function learningCurve(
  estimator: Estimator<object>,
  X: Features,
  y: TargetsLike,
  options: LearningCurveOptions = {},
): LearningCurve {
  const scoring = curveScoring(estimator, options);
  const data = foldData(estimator, X, y, options);
  const seed = expectInteger("seed", options.seed ?? 0, 0);
  const sizes = absoluteSizes(
    options.trainSizes ?? defaultSizes,
    Math.min(...data.folds.map(({ train }) => train.length)),
  );
  const orders = data.folds.map(({ train }, k) => nestedOrder(takeTargets(data.y, train), seed, `learningCurve/${k}`));
  return sizes.map((trainSize) => {
    const folds = data.folds.map(({ train, test }, k) => {
      const part = (orders[k] as Int32Array).slice(0, trainSize).sort();
      return { train: part.map((i) => train[i] as number), test };
    });
    return { trainSize, ...curvePoint(estimator, trainingFolds({ ...data, folds }), scoring) };
  });
}

const defaultSizes: readonly number[] = [0.1, 0.325, 0.55, 0.775, 1];

/** The scoring of a curve: both sides, by one metric. */
export function curveScoring({ task }: Estimator<object>, options: CurveOptions): FoldScoring {
  return {
    metrics: [toOneMetric(options.scoring ?? defaultScoring(task))],
    trainScore: true,
    errorScore: toErrorScore(options.errorScore) ?? "raise",
    watch: stopwatch,
  };
}

/** The scores of an estimator on both sides of the folds. */
export function curvePoint(
  estimator: Estimator<object>,
  folds: readonly TrainingFold[],
  scoring: FoldScoring,
): CurvePoint {
  const results = folds.map((fold) => scoreFold(estimator, fold, scoring));
  const testScores = results.map(({ scores }) => scores[0] as number);
  const trainScores = results.map((result) => result.trainScores?.[0] as number);
  return {
    testScores,
    testMean: meanOf(testScores),
    testStd: deviationOf(testScores),
    trainScores,
    trainMean: meanOf(trainScores),
    trainStd: deviationOf(trainScores),
    fitSeconds: results.map(({ fitSeconds }) => fitSeconds),
  };
}

function absoluteSizes(sizes: readonly number[], most: number): number[] {
  const refuse = (got: unknown): never => {
    const expected = `shares in (0, 1] or whole numbers from 1 to ${most}`;
    throw new VernierError("invalid-argument", `"trainSizes": expected ${expected}, got ${show(got)}`);
  };
  if (!Array.isArray(sizes) || sizes.length === 0) refuse(sizes);
  const shares = sizes.every((size) => size > 0 && size <= 1);
  const counts = sizes.map((size) => {
    if (!shares && !(Number.isInteger(size) && size >= 1 && size <= most)) refuse(size);
    return shares ? Math.max(1, Math.floor(size * most)) : size;
  });
  return [...new Set(counts)].sort((a, b) => a - b);
}
