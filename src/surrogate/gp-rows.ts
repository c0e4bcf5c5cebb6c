import { concat } from "../core/concat.ts";
import { constraintsOf } from "../core/constraints.ts";
import type { RandomKey } from "../core/key.ts";
import { lossesOf } from "../core/pareto.ts";
import type { FlatSpace } from "../core/space.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import { valueIn } from "../core/value-in.ts";
import type { SurrogateCore } from "../wasm/core.ts";
import type { UnitSpace } from "./unit-space.ts";

/** The trials to learn from, and the number of the one to be asked. */
export interface GpTrials {
  readonly space: FlatSpace;
  readonly directions: readonly Direction[];
  readonly history: readonly TrialRecord[];
  readonly pending: readonly TrialRecord[];
  readonly key: Pick<RandomKey, "trial">;
}

/** What the models learn from, in the order of the trials. */
export interface GpRows {
  /** [n, d] in unit coordinates. */
  readonly points: Float64Array;
  /** [n], smaller is better; may be infinite. Of several objectives those of the first. */
  readonly losses: Float64Array;
  /** [m][n]: the losses of each objective. */
  readonly objectives: readonly Float64Array[];
  /** [n]: each trial's constraints, null where it has none. */
  readonly constraints: readonly (readonly number[] | null)[];
  /** [q, d]: trials under way. */
  readonly pending: Float64Array;
  /** [f, d]: trials that failed, or of whose values one is not a number. */
  readonly failed: Float64Array;
}

/** Failures that are remembered. */
const MOST_FAILED = 100;

/**
 * Complete trials count by their values. A pruned one counts by its last report, but in no objective as better than the
 * median of the complete ones, as it was given up. Trials whose parameters this space does not have are left out.
 */
export function gpRows(
  core: SurrogateCore,
  unit: UnitSpace,
  { space, directions, history, pending, key }: GpTrials,
): GpRows {
  const distributions = new Map(space.map(({ name, distribution }) => [name, distribution]));
  const placeOf = (trial: TrialRecord): Float64Array | null =>
    unit.toUnit((name) => valueIn(trial, name, distributions.get(name) as never));
  const points: Float64Array[] = [];
  const objectives: number[][] = directions.map(() => []);
  const constraints: (readonly number[] | null)[] = [];
  const underWay: Float64Array[] = [];
  const failed: Float64Array[] = [];
  const pruned: number[] = [];
  for (const trial of history) {
    const point = placeOf(trial);
    if (point === null) continue;
    const values = trial.state === "complete" || trial.state === "pruned" ? trial.values : null;
    if (values === null || !directions.every((_, k) => values[k] !== undefined && !Number.isNaN(values[k]))) {
      failed.push(point);
      continue;
    }
    if (trial.state === "pruned") pruned.push(points.length);
    points.push(point);
    const losses = lossesOf(values, directions);
    objectives.forEach((own, k) => own.push(losses[k] as number));
    constraints.push(constraintsOf(trial));
  }
  for (const trial of pending) {
    const point = trial.number === key.trial ? null : placeOf(trial);
    if (point !== null) underWay.push(point);
  }
  for (const losses of pruned.length > 0 ? objectives : []) {
    const middle = median(losses.filter((_, row) => !pruned.includes(row)));
    for (const row of pruned) losses[row] = Math.max(losses[row] as number, middle);
  }
  const columns = objectives.map((losses) => Float64Array.from(losses));
  return {
    points: concat(points),
    losses: columns[0] as Float64Array,
    objectives: columns,
    constraints,
    pending: concat(underWay),
    failed: concat(failed.slice(-MOST_FAILED)),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NEGATIVE_INFINITY;
}

/** The point [d] of a row. */
export function pointOf({ points }: GpRows, row: number, d: number): Float64Array {
  return points.subarray(row * d, (row + 1) * d);
}

/** These rows alone, in this order. */
export function chooseRows(rows: GpRows, chosen: readonly number[], d: number): GpRows {
  const take = (losses: Float64Array): Float64Array => Float64Array.from(chosen, (row) => losses[row] as number);
  return {
    points: concat(chosen.map((row) => pointOf(rows, row, d))),
    losses: take(rows.losses),
    objectives: rows.objectives.map(take),
    constraints: chosen.map((row) => rows.constraints[row] as readonly number[] | null),
    pending: rows.pending,
    failed: rows.failed,
  };
}
