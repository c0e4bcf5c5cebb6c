// vernier/selection: composition only.
import { createStudy } from "./create-study.ts";
import { createSearches, type Searches } from "./selection/searches.ts";

const searches: Searches = createSearches({
  createStudy,
  worker: new URL("./selection/search-worker.js", import.meta.url),
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

export { type CrossValidateOptions, type CrossValidation, crossValidate } from "./selection/cross-validate.ts";
export type { Fold, Splitter } from "./selection/fold.ts";
export { type GroupKFoldOptions, groupKFold } from "./selection/group-k-fold.ts";
export { type KFoldOptions, kFold } from "./selection/k-fold.ts";
export {
  type LeaveOneGroupOutOptions,
  leaveOneGroupOut,
  leaveOneOut,
  leavePGroupsOut,
  leavePOut,
} from "./selection/leave-out.ts";
export { type PredefinedSplitOptions, predefinedSplit } from "./selection/predefined-split.ts";
export { type RepeatedOptions, repeatedKFold, repeatedStratifiedKFold } from "./selection/repeated.ts";
export type { ScoringLike } from "./selection/score-fitted.ts";
export type { SearchResult, SearchRow } from "./selection/search-result.ts";
export type { ParamGrid, Search, SearchOptions } from "./selection/searches.ts";
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
export { type TimeSeriesSplitOptions, timeSeriesSplit } from "./selection/time-series-split.ts";
export type { FoldsLike } from "./selection/to-folds.ts";
export { type TrainTestSplit, type TrainTestSplitOptions, trainTestSplit } from "./selection/train-test-split.ts";
