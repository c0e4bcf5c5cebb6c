import { contains, type Distribution, sameDistribution } from "../core/distribution.ts";
import type { FlatSpace } from "../core/space.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import { type SortedColumn, sortedColumn } from "./sorted-column.ts";

/** What TPE keeps of the trials that ended complete or pruned, oldest first: its rows. */
export interface TpeHistory {
  /** Trial number of each row. */
  readonly numbers: number[];
  /** Rows from best to worst: the complete ones by value, then the pruned ones by how far they got. */
  readonly ranking: number[];
  /** Internal values of each parameter of the space by row; NaN where the trial did not have it. */
  readonly columns: readonly SortedColumn[];
  /**
   * Of each parameter: those with equal group stood together in every trial, if in any; -1: not seen yet.
   * See `regroup`.
   */
  groups: readonly number[];
  /** Of each parameter: whether every trial had it. */
  readonly common: boolean[];
}

interface Score {
  readonly tier: number;
  readonly first: number;
  readonly second: number;
}

/** An empty history, and how a trial is added to it. */
export function tpeHistory(
  space: FlatSpace,
  directions: readonly Direction[],
): { readonly create: () => TpeHistory; readonly add: (history: TpeHistory, trial: TrialRecord) => void } {
  const scores = new WeakMap<TpeHistory, Score[]>();
  return {
    create() {
      const history: TpeHistory = {
        numbers: [],
        ranking: [],
        columns: space.map(sortedColumn),
        groups: space.map(() => -1),
        common: space.map(() => true),
      };
      scores.set(history, []);
      return history;
    },
    add(history, trial) {
      const score = scoreOf(trial, directions);
      if (score === null) return;
      const known = scores.get(history) as Score[];
      const row = known.push(score) - 1;
      history.numbers.push(trial.number);
      history.ranking.splice(placeOf(score, history.ranking, known), 0, row);
      const present = space.map(({ name, distribution }, j) => {
        const own = trial.distributions[name];
        (history.columns[j] as SortedColumn).push(valueIn(trial, name, distribution));
        return own !== undefined && (own === distribution || sameDistribution(own, distribution));
      });
      for (let j = 0; j < space.length; j++) if (!present[j]) history.common[j] = false;
      history.groups = regroup(history.groups, present);
    },
  };
}

/** The trial's internal value where the parameter now allows it, else NaN. */
export function valueIn(trial: TrialRecord, name: string, distribution: Distribution): number {
  const value = trial.internal[name];
  const own = trial.distributions[name];
  if (value === undefined || own === undefined) return Number.NaN;
  if (own === distribution || sameDistribution(own, distribution)) return value;
  // The range changed since: a number may still do, an index would mean another choice.
  const usable = distribution.type !== "categorical" && own.type !== "categorical" && contains(distribution, value);
  return usable ? value : Number.NaN;
}

/** Smaller is better; null for a trial that TPE does not learn from. */
function scoreOf(trial: TrialRecord, directions: readonly Direction[]): Score | null {
  const sign = directions[0] === "maximize" ? -1 : 1;
  if (trial.state === "complete") {
    const value = trial.values?.[0];
    return value === undefined || Number.isNaN(value) ? null : { tier: 0, first: sign * value, second: 0 };
  }
  if (trial.state !== "pruned") return null;
  const last = trial.intermediate.at(-1);
  if (last === undefined) return { tier: 1, first: 1, second: 0 };
  const [step, value] = last;
  return { tier: 1, first: -step, second: Number.isNaN(value) ? Number.POSITIVE_INFINITY : sign * value };
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

function isBetter(a: Score, b: Score): boolean {
  if (a.tier !== b.tier) return a.tier < b.tier;
  return a.first === b.first ? a.second < b.second : a.first < b.first;
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
