import type { Scorer } from "../metrics/scorer.ts";
import type { Classifier } from "../models/estimator.ts";
import type { LiveTrial } from "../study/live-trial.ts";
import { TrialPruned } from "../study/objective.ts";
import { candidateSettings } from "./candidate-settings.ts";
import { meanOf, scoreFold } from "./score-fold.ts";
import type { Stopwatch } from "./stopwatch.ts";
import type { TrainingFold } from "./training-folds.ts";

/** The trial's user attribute that holds how long the candidate's fits took together, in seconds. */
export const fitSecondsAttr = "fitSeconds";

// A fit keeps its thread; after so many milliseconds timers, messages and aborts get their turn between two folds.
const PATIENCE = 50;

/** What a search evaluates: one candidate's mean score over the folds. */
export interface SearchTask {
  readonly estimator: Classifier<object>;
  readonly folds: readonly TrainingFold[];
  readonly scorer: Scorer;
  /** Whether to ask the pruner after each fold. */
  readonly prunes: boolean;
}

/**
 * The objective of a search. Each fold's score is reported as the trial's intermediate value (step = number
 * of the fold), so that the table of results follows from the trials alone, and so that a pruner can compare
 * candidates fold by fold: `wilcoxon` does with the best one, `median` with all. A candidate whose fit throws
 * is a failed trial.
 */
export function searchObjective(
  { estimator, folds, scorer, prunes }: SearchTask,
  watch: Stopwatch,
): (params: Readonly<Record<string, unknown>>, trial: LiveTrial) => Promise<number> {
  return async (params, trial) => {
    const candidate = estimator.with(candidateSettings(params, estimator));
    const scores: number[] = [];
    let fitSeconds = 0;
    let yieldedAt = watch.now();
    for (const [k, fold] of folds.entries()) {
      if (watch.now() - yieldedAt > PATIENCE) {
        await new Promise<void>((resolve) => void setTimeout(resolve, 0));
        yieldedAt = watch.now();
      }
      if (trial.signal.aborted) throw Object.assign(new Error("the search was aborted"), { name: "AbortError" });
      const result = scoreFold(candidate, fold, scorer, watch);
      scores.push(result.score);
      fitSeconds += result.fitSeconds;
      trial.report(result.score, k);
      if (prunes && k < folds.length - 1 && (await trial.shouldPrune())) throw new TrialPruned();
    }
    trial.setUserAttr(fitSecondsAttr, fitSeconds);
    return meanOf(scores);
  };
}
