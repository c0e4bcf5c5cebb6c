import type { LiveTrial } from "../study/live-trial.ts";
import { TrialPruned } from "../study/objective.ts";
import type { Estimator } from "../models/estimator.ts";
import { candidateSettings } from "./candidate-settings.ts";
import { meanOf, scoreFold } from "./score-fold.ts";
import type { Metric } from "./scoring.ts";
import type { Stopwatch } from "./stopwatch.ts";
import { subsampledFolds } from "./subsampled-folds.ts";
import { type FoldedData, type TrainingFold, trainingFolds } from "./training-folds.ts";
import { type FoldError, noteScores } from "./trial-scores.ts";

// A fit keeps its thread; after so many milliseconds timers, messages and aborts get their turn between two folds.
const PATIENCE = 50;

/** The parameter that holds what a candidate gets of a resource, in searches that give it out. */
export const resourcesParam = "resources";

/** How candidates are evaluated; plain data that can be posted to a worker. */
export interface SearchSettings {
  /** Whether to ask the pruner after each fold. */
  readonly prunes: boolean;
  readonly trainScore: boolean;
  readonly errorScore: number | "raise";
  /** What each candidate's parameter `resources` counts: "samples" or a setting; null: there is no such parameter. */
  readonly resource: string | null;
}

/** What a search evaluates: one candidate's mean scores over the folds, of which the first metric's decides. */
export interface SearchTask extends SearchSettings {
  readonly estimator: Estimator<object>;
  readonly data: FoldedData;
  readonly metrics: readonly Metric[];
}

/**
 * The objective of a search. Each fold's score is reported as the trial's intermediate value (step = number
 * of the fold), so that the table of results follows from the trials alone, and so that a pruner can compare
 * candidates fold by fold: `wilcoxon` does with the best one, `median` with all. A candidate whose fit throws
 * is a failed trial, unless `errorScore` stands for its score.
 */
export function searchObjective(
  task: SearchTask,
  watch: Stopwatch,
): (params: Readonly<Record<string, unknown>>, trial: LiveTrial) => Promise<number> {
  const { estimator, metrics, prunes } = task;
  const scoring = { ...task, watch };
  const foldsOf = foldsFor(task);
  return async (params, trial) => {
    const candidate = estimator.with(settingsOf(params, task));
    const folds = foldsOf(params, trial);
    const scores: (readonly number[])[] = [];
    const trainScores: (readonly number[])[] = [];
    const errors: FoldError[] = [];
    let [fitSeconds, scoreSeconds] = [0, 0];
    let pruned = false;
    let yieldedAt = watch.now();
    for (const [k, fold] of folds.entries()) {
      if (watch.now() - yieldedAt > PATIENCE) {
        await new Promise<void>((resolve) => void setTimeout(resolve, 0));
        yieldedAt = watch.now();
      }
      if (trial.signal.aborted) throw Object.assign(new Error("the search was aborted"), { name: "AbortError" });
      const result = scoreFold(candidate, fold, scoring);
      scores.push(result.scores);
      if (result.trainScores !== null) trainScores.push(result.trainScores);
      if (result.error !== null) errors.push({ fold: k, message: result.error });
      fitSeconds += result.fitSeconds;
      scoreSeconds += result.scoreSeconds;
      trial.report(result.scores[0] as number, k);
      pruned = prunes && k < folds.length - 1 && (await trial.shouldPrune());
      if (pruned) break;
    }
    noteScores(trial, metrics, { scores, trainScores, errors, fitSeconds, scoreSeconds });
    if (pruned) throw new TrialPruned();
    return meanOf(scores.map(([deciding]) => deciding as number));
  };
}

/** The estimator's settings, the resource among them where it is one. */
export function settingsOf(
  params: Readonly<Record<string, unknown>>,
  { estimator, resource }: Pick<SearchTask, "estimator" | "resource">,
): Readonly<Record<string, unknown>> {
  if (resource === null) return candidateSettings(params, estimator);
  const { [resourcesParam]: resources, ...chosen } = params;
  const settings = candidateSettings(chosen, estimator);
  return resource === "samples" ? settings : { ...settings, [resource]: resources };
}

type FoldsFor = (params: Readonly<Record<string, unknown>>, trial: LiveTrial) => readonly TrainingFold[];

function foldsFor({ data, resource }: SearchTask): FoldsFor {
  if (resource === "samples") {
    const folds = subsampledFolds(data);
    return (params, { seed }) => folds(seed, params[resourcesParam] as number);
  }
  const folds = trainingFolds(data);
  return () => folds;
}
