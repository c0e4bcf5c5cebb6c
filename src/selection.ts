// vernier/selection: composition only.
import { platform } from "#platform";
import { searchWorker } from "#search-worker";
import { createStudy } from "./create-study.ts";
import { createSearches, type Searches } from "./selection/searches.ts";

const searches: Searches = createSearches({
  createStudy,
  sharesMemory: platform.sharesMemory,
  // Made when it is wanted: bundled for an isolate or a classic script, a module has no address.
  get worker() {
    return searchWorker();
  },
});

/**
 * Tries every combination of value lists: `gridSearch(svc(), { C: [0.1, 1], kernel: ["linear", "rbf"] }, X, y)`.
 * The settings of a pipeline's steps are nested, `{ svc: { C: [0.1, 1] } }`, or named with dots, `{ "svc.C": [0.1, 1] }`.
 * Errors: those of the door (X, y, folds, score, settings' names); a candidate whose fit throws only fails itself.
 */
export const gridSearch: Searches["gridSearch"] = searches.gridSearch;

/** Tries `trials` (default 10) random candidates of a space. */
export const randomSearch: Searches["randomSearch"] = searches.randomSearch;

/** Tries `trials` (default 50) candidates of a space, chosen by `sampler` (default `auto()`) from the scores so far. */
export const bayesSearch: Searches["bayesSearch"] = searches.bayesSearch;

/**
 * `gridSearch` by successive halving: all combinations with few resources (samples, or a setting such as "trees"), the
 * better third again with three times as many, and so on. Throws also where the resources do not fit.
 */
export const halvingGridSearch: Searches["halvingGridSearch"] = searches.halvingGridSearch;

/** The same with `nCandidates` random candidates of a space, by default as many as the resources allow. */
export const halvingRandomSearch: Searches["halvingRandomSearch"] = searches.halvingRandomSearch;

/**
 * Searches the usual space of an estimator, or of what makes it: `tune(svc, X, y)`. Takes what `bayesSearch` takes.
 * Throws `invalid-argument` for an estimator without such a space.
 */
export const tune: Searches["tune"] = searches.tune;

export { type CrossValPredictOptions, crossValPredict } from "./selection/cross-val-predict.ts";
export {
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
  type FoldScores,
} from "./selection/cross-validate.ts";
export type { Fold, Splitter } from "./selection/fold.ts";
export { type GroupKFoldOptions, groupKFold } from "./selection/group-k-fold.ts";
export type { HalvingOptions } from "./selection/halving-plan.ts";
export type { Rung } from "./selection/halving-rungs.ts";
export type { HalvingResult, HalvingRow, HalvingSearchOptions } from "./selection/halving-search.ts";
export { type KFoldOptions, kFold } from "./selection/k-fold.ts";
export {
  type CurveOptions,
  type CurvePoint,
  type LearningCurve,
  type LearningCurveOptions,
  learningCurve,
} from "./selection/learning-curve.ts";
export {
  type LeaveOneGroupOutOptions,
  leaveOneGroupOut,
  leaveOneOut,
  leavePGroupsOut,
  leavePOut,
} from "./selection/leave-out.ts";
export {
  type NestedCrossValidation,
  type NestedOptions,
  nestedCrossValidate,
  type SearchToJudge,
} from "./selection/nested-cross-validate.ts";
export {
  type PermutationTest,
  type PermutationTestOptions,
  permutationTestScore,
} from "./selection/permutation-test-score.ts";
export { type PredefinedSplitOptions, predefinedSplit } from "./selection/predefined-split.ts";
export { type RepeatedOptions, repeatedKFold, repeatedStratifiedKFold } from "./selection/repeated.ts";
export type { ScoreFunction, Scoring, ScoringLike } from "./selection/scoring.ts";
export type { SearchOptions } from "./selection/search-options.ts";
export type { MetricScores, SearchResult, SearchRow } from "./selection/search-result.ts";
export type { HalvingRandomOptions, HalvingSearch, ParamGrid, Search, Tune } from "./selection/searches.ts";
export {
  type GroupShuffleSplitOptions,
  groupShuffleSplit,
  type ShuffleSplitOptions,
  shuffleSplit,
} from "./selection/shuffle-split.ts";
export type { SideSizes } from "./selection/side-sizes.ts";
export { stratifiedGroupKFold } from "./selection/stratified-group-k-fold.ts";
export { stratifiedKFold } from "./selection/stratified-k-fold.ts";
export { stratifiedShuffleSplit } from "./selection/stratified-shuffle-split.ts";
export { tableToCsv, tableToJson } from "./selection/table-export.ts";
export type { Targets, TargetsLike } from "./selection/targets.ts";
export { type TimeSeriesSplitOptions, timeSeriesSplit } from "./selection/time-series-split.ts";
export type { FoldsLike } from "./selection/to-folds.ts";
export { type TrainTestSplit, type TrainTestSplitOptions, trainTestSplit } from "./selection/train-test-split.ts";
export { type ValidationCurve, validationCurve } from "./selection/validation-curve.ts";
