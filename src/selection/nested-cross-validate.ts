import { show, VernierError } from "../core/errors.ts";
import type { Features } from "../core/table.ts";
import type { Estimator, FittedEstimator } from "../models/estimator.ts";
import type { FoldScores } from "./cross-validate.ts";
import { deviationOf, meanOf } from "./score-fold.ts";
import { scoreFitted } from "./score-fitted.ts";
import { decidingFirst, defaultScoring, toMetrics } from "./scoring.ts";
import type { SearchOptions } from "./search-options.ts";
import type { SearchResult } from "./search-result.ts";
import type { TargetsLike } from "./targets.ts";
import type { FoldsLike } from "./to-folds.ts";
import { foldData, trainingFolds } from "./training-folds.ts";

/** A search that is to be judged: which one, of what. */
export interface SearchToJudge<C, O extends Omit<SearchOptions, "trials">, R extends SearchResult> {
  /** `gridSearch`, `randomSearch`, `bayesSearch`, `halvingGridSearch`, `halvingRandomSearch`, or one of one's own. */
  readonly search: (estimator: never, candidates: C, X: Features, y: TargetsLike, options?: O) => Promise<R>;
  readonly estimator: Estimator<object>;
  readonly candidates: C;
  /** The search's own; `cv` divides each outer training side. A `name` gets the outer fold's number behind it. */
  readonly options?: O;
}

export interface NestedOptions {
  /** The outer folds: a number (default 5), stratified for classifiers; a splitter; or the folds. */
  readonly outer?: FoldsLike;
}

/** The scores of what a search found on samples that it has not seen; those of the deciding metric first. */
export interface NestedCrossValidation<R extends SearchResult = SearchResult> extends FoldScores {
  /** Every metric's by name. */
  readonly metrics: Readonly<Record<string, FoldScores>>;
  /** What the search found on each outer training side. */
  readonly searches: readonly R[];
}

/**
 * Judges a whole search: on each outer training side of X [n, d], y [n] it is run, and what it trained there scored on
 * the other side, by the search's own metrics. The best score that a search reports is too high, being the best of
 * many; the mean of these is not.
 * Throws what the search throws, and `invalid-argument` for outer folds that do not fit or a search without refit.
 */
export async function nestedCrossValidate<C, O extends Omit<SearchOptions, "trials">, R extends SearchResult>(
  { search, estimator, candidates, options = {} as O }: SearchToJudge<C, O, R>,
  X: Features,
  y: TargetsLike,
  { outer = 5 }: NestedOptions = {},
): Promise<NestedCrossValidation<R>> {
  const refit = options.refit ?? true;
  if (refit === false) {
    throw new VernierError("invalid-argument", `"refit": expected a search that trains its best, got ${show(refit)}`);
  }
  const metrics = decidingFirst(toMetrics(options.scoring ?? defaultScoring(estimator.task)), refit);
  const { sampleWeight, ...rest } = options;
  const data = foldData(estimator, X, y, { cv: outer, ...(sampleWeight === undefined ? {} : { sampleWeight }) });
  const searches: R[] = [];
  const scores: number[][] = [];
  for (const [k, fold] of trainingFolds(data).entries()) {
    const own = {
      ...rest,
      ...(options.name === undefined ? {} : { name: `${options.name}/outer-${k}` }),
      ...(fold.trainWeights === null ? {} : { sampleWeight: fold.trainWeights }),
    };
    const found = await search(estimator as never, candidates, fold.trainX, fold.trainY, own as unknown as O);
    searches.push(found);
    scores.push(scoreFitted(metrics, found.bestEstimator as FittedEstimator, fold.testX, fold.testY));
  }
  const byMetric = metrics.map(({ name }, k): [string, FoldScores] => {
    const own = scores.map((fold) => fold[k] as number);
    return [name, { scores: own, mean: meanOf(own), std: deviationOf(own) }];
  });
  return { ...(byMetric[0] as [string, FoldScores])[1], metrics: Object.fromEntries(byMetric), searches };
}
