import type { Json } from "../core/json.ts";
import type { TrialRecord } from "../core/trial.ts";
import type { LiveTrial } from "../study/live-trial.ts";
import type { Metric } from "./scoring.ts";

// What a search keeps with each trial, beside the reports that are the deciding metric's scores by fold. All are
// user attributes: seconds of all fits and of all scoring, the other metrics' scores by fold, all metrics' on the
// training rows, and what was thrown where `errorScore` stands for a score.
const fitSecondsAttr = "fitSeconds";
const scoreSecondsAttr = "scoreSeconds";
const scoresAttr = "scores";
const trainScoresAttr = "trainScores";
const errorsAttr = "errors";

/** What a fold threw for which `errorScore` stands. */
export interface FoldError {
  readonly fold: number;
  readonly message: string;
}

/** What was found out about one candidate; scores by fold, then by metric. */
interface Found {
  readonly scores: readonly (readonly number[])[];
  /** Empty where they were not asked for. */
  readonly trainScores: readonly (readonly number[])[];
  readonly errors: readonly FoldError[];
  readonly fitSeconds: number;
  readonly scoreSeconds: number;
}

/** Keeps what was found with the trial. */
export function noteScores(trial: LiveTrial, metrics: readonly Metric[], found: Found): void {
  const byName = (scores: readonly (readonly number[])[], from: number): Json =>
    Object.fromEntries(
      metrics.slice(from).map(({ name }, k) => [name, scores.map((fold) => fold[from + k] as number)]),
    );
  trial.setUserAttr(fitSecondsAttr, found.fitSeconds);
  trial.setUserAttr(scoreSecondsAttr, found.scoreSeconds);
  if (metrics.length > 1) trial.setUserAttr(scoresAttr, byName(found.scores, 1));
  if (found.trainScores.length > 0) trial.setUserAttr(trainScoresAttr, byName(found.trainScores, 0));
  if (found.errors.length > 0) trial.setUserAttr(errorsAttr, found.errors as unknown as Json);
}

/** What is known of an ended trial. */
export interface TrialScores {
  /** A metric's scores by fold; empty where unknown. */
  readonly scoresOf: (metric: string) => readonly number[];
  /** The same on the training rows. */
  readonly trainScoresOf: (metric: string) => readonly number[];
  readonly errors: readonly FoldError[];
  /** NaN where unknown. */
  readonly fitSeconds: number;
  readonly scoreSeconds: number;
}

/** Reads what `noteScores` kept; `deciding` is the metric whose scores are the reports. */
export function trialScores({ intermediate, userAttrs }: TrialRecord, deciding: string): TrialScores {
  const others = (userAttrs[scoresAttr] ?? {}) as Readonly<Record<string, readonly number[]>>;
  const train = (userAttrs[trainScoresAttr] ?? {}) as Readonly<Record<string, readonly number[]>>;
  const seconds = (name: string): number => (userAttrs[name] ?? Number.NaN) as number;
  return {
    scoresOf: (metric) => (metric === deciding ? intermediate.map(([, score]) => score) : (others[metric] ?? [])),
    trainScoresOf: (metric) => train[metric] ?? [],
    errors: (userAttrs[errorsAttr] ?? []) as unknown as readonly FoldError[],
    fitSeconds: seconds(fitSecondsAttr),
    scoreSeconds: seconds(scoreSecondsAttr),
  };
}
