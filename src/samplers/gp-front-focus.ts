import { boxAround, wholeBox } from "./gp-candidates.ts";
import { chooseRows, type GpFocus, isLarge, pointOf, violationAt, windowStart } from "./gp-focus.ts";
import { frontOf } from "./gp-front.ts";
import { standardise } from "./gp-outputs.ts";
import { trustRegion } from "./gp-region.ts";
import type { GpRows } from "./gp-rows.ts";
import { hypervolumeSubset } from "./hypervolume-subset.ts";

type Point = readonly number[];

/** Members of the front whose neighborhood is searched. */
const CENTERS = 8;

/** Earlier members of the front that are remembered beside the last rows. */
const MOST_EARLIER = 64;

/** Of several objectives: around the members of the front that dominate the most. */
export function focusOnFront(all: GpRows, d: number, startup: number): GpFocus {
  const n = all.losses.length;
  if (!isLarge(all, d)) return { rows: all, centers: centersOf(all, d), box: wholeBox(d) };
  const from = windowStart(n);
  const earlier = chooseRows(
    all,
    Array.from({ length: from }, (_, row) => row),
    d,
  );
  const recent = Array.from({ length: n - from }, (_, i) => from + i);
  const rows = chooseRows(all, [...leaders(earlier, MOST_EARLIER), ...recent], d);
  const centers = centersOf(rows, d);
  return { rows, centers, box: wholeBox(d) };
}

function centersOf(rows: GpRows, d: number): readonly Float64Array[] {
  return leaders(rows, CENTERS).map((row) => pointOf(rows, row, d));
}

/** Rows of the front, at most so many: those that dominate the most. Where none is feasible, of the least violation. */
function leaders(rows: GpRows, most: number): number[] {
  const violations = Array.from(rows.losses, (_, row) => violationAt(rows, row));
  const least = violations.reduce((low, violation) => Math.min(low, violation), Number.POSITIVE_INFINITY);
  const candidates = Array.from(violations.keys()).filter((row) => violations[row] === least);
  const scaled = rows.objectives.map((losses) => standardise(losses).values);
  const points = candidates.map((row): Point => scaled.map((values) => values[row] as number));
  const front = frontOf(points);
  const chosen = hypervolumeSubset(
    front.map((i) => points[i] as Point),
    Math.min(most, front.length),
  );
  return chosen.map((i) => candidates[front[i] as number] as number);
}
