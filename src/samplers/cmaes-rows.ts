import type { Direction, TrialRecord } from "../core/trial.ts";
import { valueIn } from "../core/value-in.ts";
import type { Axis } from "./cmaes-axis.ts";
import { isBetter, type Score, scoreOf } from "./tpe-history.ts";

/** What CMA-ES keeps of a trial. */
export interface Row {
  readonly number: number;
  readonly score: Score;
  /** Values of the axes' parameters [n]. */
  readonly values: Float64Array;
}

/** The trial as a row; null when it says nothing or lacks a parameter that the space now has. */
export function rowOf(trial: TrialRecord, axes: readonly Axis[], directions: readonly Direction[]): Row | null {
  const score = scoreOf(trial, directions);
  if (score === null) return null;
  const values = Float64Array.from(axes, ({ name, distribution }) => valueIn(trial, name, distribution));
  return values.some(Number.isNaN) ? null : { number: trial.number, score, values };
}

/** Best first; ties by trial number. */
export function byScore(a: Row, b: Row): number {
  if (isBetter(a.score, b.score)) return -1;
  return isBetter(b.score, a.score) ? 1 : a.number - b.number;
}

/** The trial's loss; Infinity for one that has none or violates constraints. */
export function lossOf({ score }: Row): number {
  return score.tier === 0 ? (score.keys[0] as number) : Number.POSITIVE_INFINITY;
}
