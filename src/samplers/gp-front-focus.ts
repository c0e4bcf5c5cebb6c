import { totalViolation } from "../core/constraints.ts";
import { boxAround, wholeBox } from "../surrogate/gp-candidates.ts";
import { type GpFocus, isLarge, windowStart } from "./gp-focus.ts";
import { frontOf } from "./gp-front.ts";
import { standardise } from "../surrogate/gp-outputs.ts";
import { trustRegion } from "./gp-region.ts";
import { chooseRows, type GpRows, pointOf } from "../surrogate/gp-rows.ts";
import { hypervolumeSubset } from "./hypervolume-subset.ts";

type Point = readonly number[];

/** Members of the front whose neighborhood is searched. */
const CENTERS = 8;

/** Earlier members of the front that are remembered beside the last rows. */
const MOST_EARLIER = 64;

const GAIN = 0.01;

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
  const length = regionLength(all, d, startup);
  const [center] = centers;
  return { rows, centers, box: center === undefined ? wholeBox(d) : boxAround(center, length) };
}

function centersOf(rows: GpRows, d: number): readonly Float64Array[] {
  return leaders(rows, CENTERS).map((row) => pointOf(rows, row, d));
}

/** Rows of the front, at most so many: those that dominate the most. Where none is feasible, of the least violation. */
function leaders(rows: GpRows, most: number): number[] {
  const violations = rows.constraints.map(totalViolation);
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

// As long as that of one objective whose best value falls whenever a row adds to the front: a row for which each one of
// the front so far is worse by a hundredth of the losses' deviation in some objective.
function regionLength(all: GpRows, d: number, startup: number): number {
  const scaled = all.objectives.map((losses) => standardise(losses).values);
  let front: Point[] = [];
  let added = 0;
  const progress = all.losses.map((_, row) => {
    const point = scaled.map((values) => values[row] as number);
    const isBeyond = (a: Point, b: Point, step: number): boolean => a.some((x, k) => x + step < (b[k] as number));
    if (
      totalViolation(all.constraints[row] as readonly number[] | null) === 0 &&
      front.every((other) => isBeyond(point, other, GAIN))
    ) {
      front = [...front.filter((other) => isBeyond(other, point, 0)), point];
      added++;
    }
    return -added;
  });
  return trustRegion(progress, d, startup).length;
}
