import { crowdingDistances } from "../core/crowding-distance.ts";
import { expectInteger, expectNumber } from "../core/errors.ts";
import { compareLexicographically } from "../core/lexicographic.ts";
import { nonDominatedRanks } from "../core/non-dominated-sort.ts";
import { lossesOf } from "../core/pareto.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import { dueAt } from "./interval.ts";
import type { PercentileOptions } from "./percentile.ts";
import type { Pruner, PrunerInput } from "./pruner.ts";

export interface NonDominatedRankOptions extends PercentileOptions {
  /** A trial is pruned when more than this share of the others, in percent, is better; default 50. */
  readonly percentile?: number;
}

/**
 * For several objectives what `percentile` is for one: prunes a trial when too many of the complete ones were better
 * at the same step. Better is what lies in a better non-dominated front of all that was reported at this step and,
 * within the front, what has the larger crowding distance; equal reports are no better than each other. So a trial
 * that none dominates goes on as long as its front is small, or it fills a gap in it or extends it.
 * A report with a NaN is worse than all, and others' do not count. With one objective the latest report is judged.
 *
 * Source: non-dominated rank and crowding as in Deb et al., "NSGA-II" (IEEE TEVC 6, 2002); to stop trials by them,
 * Schmucker et al., "Multi-objective asynchronous successive halving" (arXiv:2106.12639).
 */
export function nonDominatedRank(options: NonDominatedRankOptions = {}): Pruner {
  const isPercent = (value: number): boolean => value >= 0 && value <= 100;
  const percent = expectNumber("percentile", options.percentile ?? 50, "a number from 0 to 100", isPercent);
  const startupTrials = expectInteger("startupTrials", options.startupTrials ?? 5, 0);
  const warmupSteps = expectInteger("warmupSteps", options.warmupSteps ?? 0, 0);
  const intervalSteps = expectInteger("intervalSteps", options.intervalSteps ?? 1, 1);
  const minTrials = expectInteger("minTrials", options.minTrials ?? 1, 1);

  function shouldPrune({ directions, trial, history }: PrunerInput): boolean {
    const complete = history.filter((other) => other.state === "complete");
    const reports = reportsOf(trial, directions);
    const last = reports.at(-1);
    if (complete.length === 0 || complete.length < startupTrials || last === undefined) return false;
    if (!dueAt(reports, warmupSteps, intervalSteps)) return false;
    const [step, values] = last;
    if (values.some(Number.isNaN)) return true;
    const others: number[][] = [];
    for (const other of complete) {
      const found = reportsOf(other, directions).find(([at]) => at === step)?.[1];
      if (found?.length === directions.length && !found.some(Number.isNaN)) others.push(lossesOf(found, directions));
    }
    if (others.length < minTrials) return false;
    return 100 * countBetter(others, lossesOf(values, directions)) > percent * others.length;
  }

  return { name: "nonDominatedRank", shouldPrune: (_core, input) => shouldPrune(input) };
}

function reportsOf(trial: TrialRecord, directions: readonly Direction[]): NonNullable<TrialRecord["reports"]> {
  if (directions.length > 1) return trial.reports ?? [];
  return trial.intermediate.map(([step, value]) => [step, [value]] as const);
}

/** How many of the others [n, m] are better than `own` [m], by front and then by crowding distance. */
function countBetter(others: readonly (readonly number[])[], own: readonly number[]): number {
  const ranks = nonDominatedRanks([...others, own]);
  const rank = ranks.at(-1) as number;
  const better = others.filter((_, i) => (ranks[i] as number) < rank).length;
  // Equal reports count once, and in an order that does not depend on whose they are.
  const front = [...others.filter((_, i) => ranks[i] === rank), own].sort(compareLexicographically);
  const places: number[] = [];
  front.forEach((point, i) => {
    const isNew = i === 0 || compareLexicographically(front[i - 1] as readonly number[], point) !== 0;
    places.push(isNew ? i : (places[i - 1] as number));
  });
  const distinct = [...new Set(places)];
  const distances = crowdingDistances(distinct.map((place) => front[place] as readonly number[]));
  const roomAt = new Map(distinct.map((place, i) => [place, distances[i] as number]));
  const rooms = places.map((place) => roomAt.get(place) as number);
  const room = rooms[front.indexOf(own)] as number;
  return better + rooms.filter((other) => other > room).length;
}
