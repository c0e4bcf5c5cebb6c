import type { ParamValue } from "../core/distribution.ts";
import type { TrialFailure, TrialRecord } from "../core/trial.ts";
import type { FittedClassifier } from "../models/estimator.ts";
import type { Study } from "../study/study.ts";
import { deviationOf } from "./score-fold.ts";
import { fitSecondsAttr } from "./search-objective.ts";

/** One candidate of a search. */
export interface SearchRow {
  /** The trial's number. */
  readonly number: number;
  /** Settings that the search chose, by flat name. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** The score on each fold; fewer than folds when the candidate was pruned or failed. */
  readonly splits: readonly number[];
  /** Mean score; NaN for a candidate that failed or was pruned. */
  readonly mean: number;
  /** Standard deviation of the scores, divided by their number; NaN with `mean`. */
  readonly std: number;
  /** 1 is best; equal means share the lowest rank; candidates without a mean come last. */
  readonly rank: number;
  /** Seconds that the fits took together; NaN where unknown. */
  readonly fitSeconds: number;
  /** Why the candidate failed, or null. */
  readonly failure: TrialFailure | null;
}

/** What a search found. */
export interface SearchResult {
  /** One row a candidate, in the order in which they were asked. */
  readonly table: readonly SearchRow[];
  /** The candidate of the highest mean score; of equal ones the first. */
  readonly best: SearchRow;
  /** The best candidate trained on all data, or null with `refit: false`. */
  readonly bestEstimator: FittedClassifier | null;
  /** The study behind it: `digest()`, `stopReason`, `trials`. */
  readonly study: Study;
}

/** The table of a search, from its trials alone. */
export function searchTable(trials: readonly TrialRecord[]): SearchRow[] {
  const rows = trials
    .filter(({ state }) => state === "complete" || state === "pruned" || state === "fail")
    .map((trial) => {
      const splits = trial.intermediate.map(([, score]) => score);
      const complete = trial.state === "complete";
      const fitSeconds = trial.userAttrs[fitSecondsAttr];
      return {
        number: trial.number,
        params: trial.params,
        splits,
        mean: complete ? (trial.values?.[0] as number) : Number.NaN,
        std: complete ? deviationOf(splits) : Number.NaN,
        fitSeconds: typeof fitSeconds === "number" ? fitSeconds : Number.NaN,
        failure: trial.failure,
      };
    });
  const means = rows.map(({ mean }) => mean).filter((mean) => !Number.isNaN(mean));
  const rankOf = (mean: number): number =>
    Number.isNaN(mean) ? means.length + 1 : 1 + means.filter((other) => other > mean).length;
  return rows.map((row) => Object.assign(row, { rank: rankOf(row.mean) }));
}
