// The volume that points dominate: the measure of the union of the boxes between each point and a reference.
//   volume = | union_i { z : p_i <= z <= r } |,  all coordinates to be minimized
// In:   points p [n, m], reference r [m]; coordinates may be infinite, none NaN, r finite
// Out:  >= 0; Infinity where a point that counts has -Infinity, or the volume is beyond the largest number
// The coordinate of a point that does not lie strictly below the reference makes its box empty.
// Two and three objectives by a sweep (n log n, and n^2 at worst for moving the staircase); above, points sorted
// by the last objective each add a slab whose base is what they dominate alone in the others.
// Ref:  Fonseca, Paquete & Lopez-Ibanez (CEC 2006) for three objectives; the exclusive parts of While, Bradstreet &
//       Barone, "A fast way of calculating exact hypervolumes" (IEEE TEVC 16, 2012), sliced by the last objective.
// Golden: test/vectors/multiobjective.json

import { compareLexicographically } from "./lexicographic.ts";

type Point = readonly number[];

/** The volume that the points [n, m] dominate below the reference point [m]. */
export function dominatedVolume(points: readonly Point[], reference: Point): number {
  const inside = points.filter((point) => point.every((x, k) => x < (reference[k] as number)));
  if (inside.some((point) => point.includes(Number.NEGATIVE_INFINITY))) return Number.POSITIVE_INFINITY;
  const volume = volumeOf(inside, reference, reference.length);
  // The difference of two volumes beyond the largest number.
  return Number.isNaN(volume) ? Number.POSITIVE_INFINITY : volume;
}

/** The volume of the box between a point below the reference and the reference. */
export function boxVolume(point: Point, reference: Point): number {
  return point.reduce((volume, x, k) => volume * ((reference[k] as number) - x), 1);
}

// Of the first m coordinates; all points lie strictly below the reference.
function volumeOf(points: readonly Point[], reference: Point, m: number): number {
  if (points.length === 0) return 0;
  const last = (reference[m - 1] as number) ?? 0;
  if (m === 1) return last - points.reduce((least, point) => Math.min(least, point[0] as number), last);
  if (m === 2) return area([...points].sort(compareLexicographically), reference);
  const ascending = [...points].sort((a, b) => (a[m - 1] as number) - (b[m - 1] as number));
  return m === 3 ? sweep(ascending, reference) : slabs(ascending, reference, m);
}

// Strips from left to right, each reaching down to the lowest point so far.
function area(sorted: readonly Point[], reference: Point): number {
  const [right, top] = reference as readonly [number, number];
  let sum = 0;
  let lowest = top;
  for (const [x, y] of sorted as readonly (readonly [number, number])[]) {
    if (y >= lowest) continue;
    sum += (right - x) * (lowest - y);
    lowest = y;
  }
  return sum;
}

// From the lowest third coordinate up: the area that the points so far dominate, times the way to the next one.
function sweep(ascending: readonly Point[], reference: Point): number {
  const [right, top, high] = reference as readonly [number, number, number];
  // The points of the plane that no other dominates: x rises, y falls.
  const stairs: (readonly [x: number, y: number])[] = [];
  let area = 0;
  let volume = 0;
  ascending.forEach((point, i) => {
    const [x, y, z] = point as readonly number[] as readonly [number, number, number];
    const at = firstNotLeftOf(stairs, x);
    const above = at === 0 ? top : (stairs[at - 1] as readonly [number, number])[1];
    const same = at < stairs.length && stairs[at]?.[0] === x;
    if (y < above && !(same && (stairs[at] as readonly [number, number])[1] <= y)) {
      let end = at;
      let from = x;
      let lowest = above;
      // Strips of what is new, under each stair that the point covers, and under the first it does not.
      for (;;) {
        const [nextX, nextY] = stairs[end] ?? ([right, Number.NEGATIVE_INFINITY] as const);
        area += (nextX - from) * (lowest - y);
        if (nextY < y) break;
        from = nextX;
        lowest = nextY;
        end++;
      }
      stairs.splice(at, end - at, [x, y]);
    }
    const next = ascending[i + 1]?.[2] ?? high;
    if (next > z) volume += area * (next - z);
  });
  return volume;
}

function firstNotLeftOf(stairs: readonly (readonly [number, number])[], x: number): number {
  let low = 0;
  let high = stairs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stairs[middle] as readonly [number, number])[0] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Each point adds, from its last coordinate up to the reference, what it dominates in the first m - 1 beyond
// those before it.
function slabs(ascending: readonly Point[], reference: Point, m: number): number {
  const base = m - 1;
  let volume = 0;
  let front: Point[] = [];
  for (const point of ascending) {
    const own = point.slice(0, base);
    if (front.some((other) => covers(other, own))) continue;
    const shared = nonDominated(front.map((other) => other.map((x, k) => Math.max(x, own[k] as number))));
    const alone = boxVolume(own, reference) - volumeOf(shared, reference, base);
    volume += alone * ((reference[base] as number) - (point[base] as number));
    front = front.filter((other) => !covers(own, other));
    front.push(own);
  }
  return volume;
}

function nonDominated(points: readonly Point[]): Point[] {
  const front: Point[] = [];
  for (const point of [...points].sort(compareLexicographically)) {
    if (!front.some((other) => covers(other, point))) front.push(point);
  }
  return front;
}

const covers = (a: Point, b: Point): boolean => a.every((x, k) => x <= (b[k] as number));
