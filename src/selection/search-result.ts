import type { ParamValue } from "../core/distribution.ts";
import type { TrialFailure, TrialRecord } from "../core/trial.ts";
import type { FittedEstimator } from "../models/estimator.ts";
import type { Study } from "../study/study.ts";
import { deviationOf, meanOf } from "./score-fold.ts";
import { type FoldError, trialScores } from "./trial-scores.ts";

/** One metric of one candidate. */
export interface MetricScores {
  /** The score on each fold; fewer than folds when the candidate was pruned or failed. */
  readonly splits: readonly number[];
  /** Mean score; NaN for a candidate that failed or was pruned. */
  readonly mean: number;
  /** Standard deviation of the scores, divided by their number; NaN with `mean`. */
  readonly std: number;
  /** 1 is best; equal means share the lowest rank; candidates without a mean come last. */
  readonly rank: number;
  /** The scores on the rows that were trained on, with `trainScore`. */
  readonly trainSplits?: readonly number[];
}

/** One candidate of a search; scores, their statistics and the rank are the deciding metric's. */
export interface SearchRow extends MetricScores {
  /** The trial's number. */
  readonly number: number;
  /** Settings that the search chose, by flat name. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** Every metric's scores by name. */
  readonly metrics: Readonly<Record<string, MetricScores>>;
  /** Seconds that the fits took together; NaN where unknown. */
  readonly fitSeconds: number;
  /** Seconds that predicting and scoring took together, those of `trainScore` left out; NaN where unknown. */
  readonly scoreSeconds: number;
  /** Why the candidate failed, or null. */
  readonly failure: TrialFailure | null;
  /** The folds for whose score `errorScore` stands, and what they threw. */
  readonly errors: readonly FoldError[];
}

/** What a search found. */
export interface SearchResult<F extends FittedEstimator = FittedEstimator, R extends SearchRow = SearchRow> {
  /** One row a candidate, in the order in which they were asked. */
  readonly table: readonly R[];
  /** The candidate of rank 1: of the highest mean score; of equal ones the first. */
  readonly best: R;
  /** The best candidate trained on all data, or null with `refit: false`. */
  readonly bestEstimator: F | null;
  /** The names of the metrics, the one that decides first. */
  readonly metrics: readonly string[];
  /** The study behind it: `digest()`, `stopReason`, `trials`. */
  readonly study: Study;
}

/**
 * The table of a search, from its trials alone. `metrics` names those that they were scored by, the deciding first;
 * a candidate for which `precedence` is greater ranks before those with less, whatever their scores.
 */
export function searchTable(
  trials: readonly TrialRecord[],
  metrics: readonly string[],
  precedence: (trial: TrialRecord) => number = () => 0,
): SearchRow[] {
  const ended = trials.filter(({ state }) => state === "complete" || state === "pruned" || state === "fail");
  const known = ended.map((trial) => trialScores(trial, metrics[0] as string));
  const columns = metrics.map((metric, k) => {
    const means = ended.map((trial, i) => {
      if (trial.state !== "complete") return Number.NaN;
      return k === 0 ? (trial.values?.[0] as number) : meanOf(known[i]?.scoresOf(metric) ?? []);
    });
    const ranks = ranksOf(means, ended.map(precedence));
    return ended.map((_, i): MetricScores => {
      const splits = known[i]?.scoresOf(metric) ?? [];
      const mean = means[i] as number;
      const std = Number.isNaN(mean) ? mean : deviationOf(splits);
      const trainSplits = known[i]?.trainScoresOf(metric) ?? [];
      const scores = { splits, mean, std, rank: ranks[i] as number };
      return trainSplits.length > 0 ? { ...scores, trainSplits } : scores;
    });
  });
  return ended.map((trial, i) => ({
    number: trial.number,
    params: trial.params,
    ...(columns[0]?.[i] as MetricScores),
    metrics: Object.fromEntries(metrics.map((metric, k) => [metric, columns[k]?.[i] as MetricScores])),
    fitSeconds: known[i]?.fitSeconds as number,
    scoreSeconds: known[i]?.scoreSeconds as number,
    failure: trial.failure,
    errors: known[i]?.errors ?? [],
  }));
}

// 1 + how many come before each: those of greater precedence, and of the same those of a greater mean.
function ranksOf(means: readonly number[], precedence: readonly number[]): number[] {
  const scored = [...means.keys()].filter((i) => !Number.isNaN(means[i]));
  const ahead = (i: number, j: number): number =>
    (precedence[j] as number) - (precedence[i] as number) || (means[j] as number) - (means[i] as number);
  const order = [...scored].sort(ahead);
  const ranks = means.map(() => scored.length + 1);
  order.forEach((i, position) => {
    const before = order[position - 1];
    ranks[i] = before !== undefined && ahead(before, i) === 0 ? (ranks[before] as number) : position + 1;
  });
  return ranks;
}
