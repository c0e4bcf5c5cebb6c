import type { Scorer } from "../metrics/scorer.ts";
import type { Classifier } from "../models/estimator.ts";
import { scoreFitted } from "./score-fitted.ts";
import type { Stopwatch } from "./stopwatch.ts";
import type { TrainingFold } from "./training-folds.ts";

/** What one fold says of an estimator. */
export interface FoldScore {
  readonly score: number;
  readonly fitSeconds: number;
  readonly scoreSeconds: number;
}

/** Trains on one side of the fold, scores on the other. Throws what the model throws. */
export function scoreFold(
  estimator: Classifier<object>,
  fold: TrainingFold,
  scorer: Scorer,
  watch: Stopwatch,
): FoldScore {
  const start = watch.now();
  const fitted = estimator.fit(fold.trainX, fold.trainY);
  const trained = watch.now();
  const score = scoreFitted(scorer, fitted, fold.testX, fold.testY);
  return { score, fitSeconds: (trained - start) / 1000, scoreSeconds: (watch.now() - trained) / 1000 };
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
