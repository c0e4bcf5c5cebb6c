import type { OptimizeOptions } from "../study/optimize-options.ts";
import type { StudyOptions } from "../study/study.ts";
import type { Scoring } from "./scoring.ts";
import type { FoldOptions } from "./training-folds.ts";

/**
 * What the searches take, beside the study's and `optimize`'s own options. A `pruner` is asked after each fold,
 * whose score is the report at the step of the fold's number: `wilcoxon()` compares the folds of a candidate with
 * the same folds of the best, but cannot tell before the fourth of them at its default p of 0.1.
 */
export interface SearchOptions
  extends Omit<StudyOptions, "space" | "direction" | "directions">,
    Omit<OptimizeOptions, "totalTrials" | "workerData">,
    FoldOptions {
  /**
   * The score, or several: a name (default "accuracy", for regressors "r2"), a scorer or a function, a list of such,
   * or an object of them by names of one's own; greater is better. The first decides, or the one that `refit` names;
   * the others stand in the table. With several workers only names.
   */
  readonly scoring?: Scoring;
  /** Candidates in all; a search continued from a storage does the rest. */
  readonly trials?: number;
  /** Whether to train the best candidate on all data at the end (default true), or the metric by which it is best. */
  readonly refit?: boolean | string;
  /** Whether to score on the rows that were trained on, too; default false. */
  readonly trainScore?: boolean;
  /**
   * What a fold scores whose fit or score throws; "raise": the search ends with an error. By default a candidate
   * that throws fails alone: it ranks last, without a score.
   */
  readonly errorScore?: number | "raise";
}
