// The region that no point of a front dominates, below a reference, as disjoint boxes.
//   { z : z < r, no i with p_i <= z } = union of [low, high)
// In:   points p [n, m], reference r [m], all to be minimized, none NaN, r finite
// Out:  boxes whose low edges may be -Infinity. Coordinates are those of points and reference, nothing is rounded.
// A sweep up the last objective: open cells are the region in the others that the points so far leave. A point closes
// the cells that it cuts, at its own height, and opens what it leaves of them; pieces that adjoin are put together.
// With points of a front n + 1 boxes for two objectives and 2n + 1 for three if no coordinates are equal (fewer if
// so); beyond that as many as there are cells to cut, hence `most`.
// Ref:  K. Yang, M. Emmerich, A. Deutz & T. Back, "Efficient computation of expected hypervolume improvement using box
//       decomposition algorithms" (J. Global Optimization 75, 2019) for two and three objectives.

import { compareLexicographically } from "./lexicographic.ts";

type Point = readonly number[];

/** The points z with low <= z < high, in every coordinate. */
export interface Box {
  readonly low: Point;
  readonly high: Point;
}

/** The boxes; null if they would be more than `most`. */
export function nonDominatedBoxes(
  points: readonly Point[],
  reference: Point,
  most: number = Number.POSITIVE_INFINITY,
): Box[] | null {
  const base = reference.length - 1;
  const ascending = points
    .filter((point) => point.every((x, k) => x < (reference[k] as number)))
    .map((point) => ({ height: point[base] as number, point: point.slice(0, base) }))
    .sort((a, b) => compareLexicographically([a.height, ...a.point], [b.height, ...b.point]));
  const boxes: Box[] = [];
  const close = ({ box: { low, high }, since }: Cell, height: number): void => {
    if (since < height) boxes.push({ low: [...low, since], high: [...high, height] });
  };
  const bottom = Number.NEGATIVE_INFINITY;
  let open: Cell[] = [
    { box: { low: new Array<number>(base).fill(bottom), high: reference.slice(0, base) }, since: bottom },
  ];
  for (const { height, point } of ascending) {
    const kept: Cell[] = [];
    const pieces: Box[] = [];
    for (const cell of open) {
      if (cell.box.high.every((high, k) => high > (point[k] as number))) {
        close(cell, height);
        cut(cell.box, point, pieces);
      } else kept.push(cell);
    }
    for (const box of joined(pieces, base)) kept.push({ box, since: height });
    open = kept;
    if (boxes.length + open.length > most) return null;
  }
  for (const cell of open) close(cell, reference[base] as number);
  return boxes;
}

/** Of all objectives but the last; and the height at which it was opened. */
interface Cell {
  readonly box: Box;
  readonly since: number;
}

// Adds what the box keeps outside { z : point <= z }: for each coordinate the part that is the first to lie below.
function cut({ low, high }: Box, point: Point, pieces: Box[]): void {
  const rest = [...low];
  point.forEach((x, k) => {
    if (!((low[k] as number) < x)) return;
    pieces.push({ low: [...rest], high: high.map((edge, i) => (i === k ? x : edge)) });
    rest[k] = x;
  });
}

// Boxes that differ in one coordinate, where one ends as the other begins, are one.
function joined(boxes: readonly Box[], dimensions: number): readonly Box[] {
  let all = boxes;
  for (let k = 0; k < dimensions && all.length > 1; k++) {
    const others = (box: Box): number[] => [...box.low.toSpliced(k, 1), ...box.high.toSpliced(k, 1)];
    const sorted = all
      .map((box) => ({ box, order: [...others(box), box.low[k] as number] }))
      .sort((a, b) => compareLexicographically(a.order, b.order));
    const rows: Box[] = [];
    for (const { box } of sorted) {
      const last = rows.at(-1);
      const adjoins = last !== undefined && last.high[k] === box.low[k];
      if (adjoins && compareLexicographically(others(last), others(box)) === 0) {
        rows[rows.length - 1] = { low: last.low, high: last.high.with(k, box.high[k] as number) };
      } else rows.push(box);
    }
    all = rows;
  }
  return all;
}
