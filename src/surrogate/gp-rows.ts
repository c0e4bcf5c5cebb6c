import type { RandomKey } from "../core/key.ts";
import type { FlatSpace } from "../core/space.ts";
import { type Direction, loss, type TrialRecord } from "../core/trial.ts";
import { valueIn } from "../core/value-in.ts";
import type { Core } from "../wasm/core.ts";
import type { UnitSpace } from "./unit-space.ts";
import { constraintsOf } from "../core/constraints.ts";

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
  /** [n], smaller is better; may be infinite. */
  readonly losses: Float64Array;
  /** [n]: each trial's constraints, null where it has none. */
  readonly constraints: readonly (readonly number[] | null)[];
  /** [q, d]: trials under way. */
  readonly pending: Float64Array;
  /** [f, d]: trials that failed, or whose value is not a number. */
  readonly failed: Float64Array;
}

/** Failures that are remembered. */
const MOST_FAILED = 100;

/**
 * Complete trials count by their value. A pruned one counts by its last report, but as no better than the median of
 * the complete ones, as it was given up. Trials whose parameters this space does not have are left out.
 */
export function gpRows(core: Core, unit: UnitSpace, { space, directions, history, pending, key }: GpTrials): GpRows {
  const distributions = new Map(space.map(({ name, distribution }) => [name, distribution]));
  const pointOf = (trial: TrialRecord): Float64Array | null =>
    unit.toUnit((name) => valueIn(trial, name, distributions.get(name) as never));
  const points: Float64Array[] = [];
  const losses: number[] = [];
  const constraints: (readonly number[] | null)[] = [];
  const underWay: Float64Array[] = [];
  const failed: Float64Array[] = [];
  const pruned: number[] = [];
  for (const trial of history) {
    const point = pointOf(trial);
    if (point === null) continue;
    const value =
      trial.state === "pruned" ? loss({ ...trial, state: "complete" }, directions) : loss(trial, directions);
    if (value === null || Number.isNaN(value)) {
      failed.push(point);
      continue;
    }
    if (trial.state === "pruned") pruned.push(losses.length);
    points.push(point);
    losses.push(value);
    constraints.push(constraintsOf(trial));
  }
  for (const trial of pending) {
    const point = trial.number === key.trial ? null : pointOf(trial);
    if (point !== null) underWay.push(point);
  }
  if (pruned.length > 0) {
    const middle = median(losses.filter((_, row) => !pruned.includes(row)));
    for (const row of pruned) losses[row] = Math.max(losses[row] as number, middle);
  }
  const d = unit.parameters.length;
  return {
    points: join(points, d),
    losses: Float64Array.from(losses),
    constraints,
    pending: join(underWay, d),
    failed: join(failed.slice(-MOST_FAILED), d),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NEGATIVE_INFINITY;
}

function join(rows: readonly Float64Array[], d: number): Float64Array {
  const all = new Float64Array(rows.length * d);
  rows.forEach((row, i) => all.set(row, i * d));
  return all;
}
