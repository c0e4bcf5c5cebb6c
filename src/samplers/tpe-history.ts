import { sameDistribution } from "../core/distribution.ts";
import { compareLexicographically } from "../core/lexicographic.ts";
import type { FlatParam, FlatSpace } from "../core/space.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import { valueIn } from "../core/value-in.ts";
import { type SortedColumn, sortedColumn } from "./sorted-column.ts";
import { violationOf } from "../core/constraints.ts";

/** What TPE keeps of the trials that ended complete or pruned, oldest first: its rows. */
export interface TpeHistory {
  /** Trial number of each row. */
  readonly numbers: number[];
  /**
   * Rows from best to worst: the complete ones by value (several: lexicographically), then the pruned ones by how
   * far they got, then those that violate constraints by how much.
   */
  readonly ranking: number[];
  /** Of each row: values turned so that smaller is better, after the tier they count in (0: complete). */
  readonly scores: Score[];
  /** How many rows are complete and violate nothing: the first of the ranking. */
  complete: number;
  /** Internal values of each parameter of the space by row; NaN where the trial did not have it. */
  readonly columns: readonly SortedColumn[];
  /**
   * Of each parameter: those with equal group stood together in every trial, if in any; -1: not seen yet.
   * See `regroup`.
   */
  groups: readonly number[];
  /** Of each parameter: whether the latest trial had it. */
  present: readonly boolean[] | null;
  /** Of each parameter: whether every trial had it. */
  readonly common: boolean[];
}

export interface Score {
  readonly tier: number;
  /** Compared lexicographically; of a complete trial the losses. */
  readonly keys: readonly number[];
}

/** An empty history, and how a trial is added to it. */
export function tpeHistory(
  space: FlatSpace,
  directions: readonly Direction[],
): { readonly create: () => TpeHistory; readonly add: (history: TpeHistory, trial: TrialRecord) => void } {
  // Trials of the same parameters have the same `distributions`, mostly all of a study.
  let last: { readonly distributions: TrialRecord["distributions"]; readonly present: readonly boolean[] } | null =
    null;

  function presentIn({ distributions }: TrialRecord): readonly boolean[] {
    if (last?.distributions === distributions) return last.present;
    const present = space.map(({ name, distribution }) => {
      const own = distributions[name];
      return own !== undefined && (own === distribution || sameDistribution(own, distribution));
    });
    last = { distributions, present };
    return present;
  }

  return {
    create() {
      return {
        numbers: [],
        ranking: [],
        scores: [],
        complete: 0,
        columns: space.map(sortedColumn),
        groups: space.map(() => -1),
        present: null,
        common: space.map(() => true),
      };
    },
    add(history, trial) {
      const score = scoreOf(trial, directions);
      if (score === null) return;
      const row = history.scores.push(score) - 1;
      if (score.tier === COMPLETE) history.complete++;
      history.numbers.push(trial.number);
      history.ranking.splice(placeOf(score, history.ranking, history.scores), 0, row);
      const present = presentIn(trial);
      for (let j = 0; j < space.length; j++) {
        const { name, distribution } = space[j] as FlatParam;
        const value = present[j] ? (trial.internal[name] as number) : valueIn(trial, name, distribution);
        (history.columns[j] as SortedColumn).push(value);
        if (!present[j]) history.common[j] = false;
      }
      // The same parameters again part no group.
      if (present !== history.present) history.groups = regroup(history.groups, present);
      history.present = present;
    },
  };
}

const COMPLETE = 0;
const PRUNED = 1;
const INFEASIBLE = 2;

/** Smaller is better; null for a trial that TPE does not learn from. */
export function scoreOf(trial: TrialRecord, directions: readonly Direction[]): Score | null {
  if (trial.state !== "complete" && trial.state !== "pruned") return null;
  const violation = violationOf(trial);
  if (violation > 0) return { tier: INFEASIBLE, keys: [violation] };
  const signs = directions.map((direction) => (direction === "maximize" ? -1 : 1));
  if (trial.state === "complete") {
    const keys = signs.map((sign, k) => sign * (trial.values?.[k] ?? Number.NaN));
    return keys.some(Number.isNaN) ? null : { tier: COMPLETE, keys };
  }
  const [reached] = trial.reports?.at(-1) ?? [];
  if (reached !== undefined) return { tier: PRUNED, keys: [-reached, 0] };
  const last = trial.intermediate.at(-1);
  if (last === undefined) return { tier: PRUNED, keys: [1, 0] };
  const [step, value] = last;
  // A report is one number: with several objectives it says nothing.
  if (signs.length > 1) return { tier: PRUNED, keys: [-step, 0] };
  return { tier: PRUNED, keys: [-step, Number.isNaN(value) ? Number.POSITIVE_INFINITY : (signs[0] as number) * value] };
}

/** Where in the ranking a new row of this score belongs: after all that are not worse. */
function placeOf(score: Score, ranking: readonly number[], scores: readonly Score[]): number {
  let low = 0;
  let high = ranking.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBetter(score, scores[ranking[middle] as number] as Score)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function isBetter(a: Score, b: Score): boolean {
  if (a.tier !== b.tier) return a.tier < b.tier;
  return compareLexicographically(a.keys, b.keys) < 0;
}

/**
 * The coarsest partition that is finer than `groups` and does not cut through a trial that has the parameters
 * `present`: each group is split into those present and those not, and the new ones make one more group.
 */
export function regroup(groups: readonly number[], present: readonly boolean[]): number[] {
  const numbers = new Map<number, number>();
  return groups.map((group, j) => {
    if (group < 0 && !present[j]) return -1;
    const part = 2 * (group + 1) + (present[j] ? 1 : 0);
    const number = numbers.get(part) ?? numbers.size;
    numbers.set(part, number);
    return number;
  });
}
