import type { SearchRow } from "../selection/search-result.ts";
import type { Study } from "../study/study.ts";

/** What of a candidate is shown. */
export type FoundRow = Pick<SearchRow, "params" | "splits" | "mean" | "std" | "rank">;

/** What a search found, whether of an estimator or of a network: a row a trial. */
export interface Found {
  readonly study: Study;
  readonly table: readonly FoundRow[];
  /** The row of rank 1; of several the first. */
  readonly best: FoundRow;
}
