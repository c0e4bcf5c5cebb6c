import { totalViolation } from "../core/constraints.ts";
import { type Box, boxAround, wholeBox } from "../surrogate/gp-candidates.ts";
import { trustRegion } from "./gp-region.ts";
import { chooseRows, type GpRows, pointOf } from "../surrogate/gp-rows.ts";

/** What the models are made of and where the next trial is looked for. */
export interface GpFocus {
  readonly rows: GpRows;
  /** Points whose neighborhood is searched. */
  readonly centers: readonly Float64Array[];
  readonly box: Box;
}

const MOST_PARAMETERS = 20;
const MOST_TRIALS = 300;
/** Rows that a trust region's model is made of. */
const WINDOW = 256;
/** The best trials whose neighborhood is searched. */
const CENTERS = 4;

/** Whether the rows are too many, or the parameters d, for a model of everything. */
export function isLarge(all: GpRows, d: number): boolean {
  return d > MOST_PARAMETERS || all.losses.length > MOST_TRIALS;
}

/** Of one objective: around the best rows, where there are many in a trust region with its last rows. */
export function focusOnBest(all: GpRows, d: number, startup: number): GpFocus {
  const region = isLarge(all, d) ? trustRegion(all.losses, d, startup) : null;
  const rows = region === null ? all : lastRows(all, region.start, region.center, d);
  const order = bestFirst(rows);
  const [center] = order;
  return {
    rows,
    centers: order.slice(0, CENTERS).map((row) => pointOf(rows, row, d)),
    box: region === null || center === undefined ? wholeBox(d) : boxAround(pointOf(rows, center, d), region.length),
  };
}

/** Of n rows the first of the last ones that count. It moves in steps, so that fits can be kept. */
export function windowStart(n: number): number {
  return Math.max(0, 32 * Math.floor((n - WINDOW) / 32));
}

// The region's center and its last rows.
function lastRows(rows: GpRows, start: number, center: number, d: number): GpRows {
  const n = rows.losses.length;
  const from = Math.max(start, windowStart(n));
  const head = center < from && center < n ? [center] : [];
  return chooseRows(rows, [...head, ...Array.from({ length: n - from }, (_, i) => from + i)], d);
}

// Rows from best to worst: those that violate constraints last, the least violation first.
function bestFirst(rows: GpRows): number[] {
  const { losses } = rows;
  const violations = rows.constraints.map(totalViolation);
  return Array.from(losses.keys()).sort((a, b) => {
    const difference = (violations[a] as number) - (violations[b] as number);
    if (difference !== 0) return difference;
    return (losses[a] as number) < (losses[b] as number)
      ? -1
      : (losses[a] as number) > (losses[b] as number)
        ? 1
        : a - b;
  });
}
