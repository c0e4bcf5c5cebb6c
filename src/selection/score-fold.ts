import type { Estimator } from "../models/estimator.ts";
import { fitEstimator } from "./fit-estimator.ts";
import { scoreFitted } from "./score-fitted.ts";
import type { Metric } from "./scoring.ts";
import type { Stopwatch } from "./stopwatch.ts";
import type { TrainingFold } from "./training-folds.ts";

/** How folds are scored. */
export interface FoldScoring {
  readonly metrics: readonly Metric[];
  /** Whether to score on the rows that were trained on, too. */
  readonly trainScore: boolean;
  /** What a fold scores whose fit or score throws; "raise": the error goes on. */
  readonly errorScore: number | "raise";
  readonly watch: Stopwatch;
}

/** What one fold says of an estimator. */
export interface FoldScore {
  /** One a metric. */
  readonly scores: readonly number[];
  /** One a metric, or null when they were not asked for. */
  readonly trainScores: readonly number[] | null;
  readonly fitSeconds: number;
  readonly scoreSeconds: number;
  /** What was thrown, in words, where `errorScore` stands for the scores. */
  readonly error: string | null;
}

/** Trains on one side of the fold, scores on the other. Throws what the model throws, unless there is an `errorScore`. */
export function scoreFold(estimator: Estimator<object>, fold: TrainingFold, scoring: FoldScoring): FoldScore {
  const { metrics, trainScore, errorScore, watch } = scoring;
  const start = watch.now();
  let trained: number | null = null;
  try {
    const fitted = fitEstimator(estimator, fold.trainX, fold.trainY, fold.trainWeights);
    trained = watch.now();
    const scores = scoreFitted(metrics, fitted, fold.testX, fold.testY);
    const scored = watch.now();
    const trainScores = trainScore ? scoreFitted(metrics, fitted, fold.trainX, fold.trainY) : null;
    return { scores, trainScores, ...seconds(start, trained, scored), error: null };
  } catch (error) {
    if (errorScore === "raise") throw error;
    const scores = metrics.map(() => errorScore);
    const end = watch.now();
    const times = seconds(start, trained ?? end, end);
    return { scores, trainScores: trainScore ? scores : null, ...times, error: String(error) };
  }
}

function seconds(start: number, trained: number, scored: number): { fitSeconds: number; scoreSeconds: number } {
  return { fitSeconds: (trained - start) / 1000, scoreSeconds: (scored - trained) / 1000 };
}

/** Mean of the scores, summed from the first. */
export function meanOf(scores: readonly number[]): number {
  let sum = 0;
  for (const score of scores) sum += score;
  return sum / scores.length;
}

/** Standard deviation of the scores, taken as the whole population: divided by their number. */
export function deviationOf(scores: readonly number[]): number {
  const mean = meanOf(scores);
  let sum = 0;
  for (const score of scores) sum += (score - mean) * (score - mean);
  return Math.sqrt(sum / scores.length);
}
