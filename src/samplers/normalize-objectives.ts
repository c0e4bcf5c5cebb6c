type Point = readonly number[];

/**
 * The points [n, m] moved so that the least of each objective is 0, and scaled so that the hyperplane through the m
 * extreme points cuts each axis at 1; where these span no plane, or it cuts an axis at or below 0, the largest of
 * each objective is 1. An extreme point is the one that is nearest to its axis, seen from the ideal point. Infinities
 * count as the worst or best finite number of their objective, three ranges further on.
 * Source: Deb & Jain, "NSGA-III, part I" (IEEE TEVC 18, 2014), IV.C; the weight of 1e6 is theirs.
 */
export function normalizeObjectives(points: readonly Point[]): number[][] {
  const m = points[0]?.length ?? 0;
  const columns = Array.from({ length: m }, (_, k) => moved(points.map((point) => point[k] as number)));
  const shifted = points.map((_, i) => columns.map((column) => column[i] as number));
  const extremes = columns.map((_, axis) => extremePoint(shifted, axis));
  const inverses = solveOnes(extremes) ?? columns.map((column) => 1 / Math.max(...column));
  return shifted.map((point) =>
    point.map((x, k) => {
      const inverse = inverses[k] as number;
      return Number.isFinite(inverse) ? x * inverse : x;
    }),
  );
}

function moved(column: readonly number[]): number[] {
  const finite = column.filter(Number.isFinite);
  const least = finite.length > 0 ? Math.min(...finite) : 0;
  // Bounded, so that what follows stays finite.
  const range = finite.length > 0 ? Math.min(Math.max(...finite) - least, 1e300) : 0;
  const bounded = column.map((x) => Math.min(Math.max(x, least - 3 * range), least + 4 * range));
  const lowest = Math.min(...bounded);
  return bounded.map((x) => x - lowest);
}

function extremePoint(points: readonly Point[], axis: number): Point {
  let best = points[0] as Point;
  let bestValue = Number.POSITIVE_INFINITY;
  for (const point of points) {
    const value = point.reduce((most, x, k) => Math.max(most, k === axis ? x : 1e6 * x), 0);
    if (value < bestValue) {
      best = point;
      bestValue = value;
    }
  }
  return best;
}

/** x with A x = 1 for the rows A [m, m], by elimination with row pivots; null where x has no or other than signs > 0. */
function solveOnes(rows: readonly Point[]): number[] | null {
  const m = rows.length;
  const A = rows.map((row) => [...row, 1]);
  const at = (i: number, j: number): number => A[i]?.[j] as number;
  const size = Math.max(...rows.flat(), 0);
  for (let k = 0; k < m; k++) {
    let pivot = k;
    for (let i = k + 1; i < m; i++) if (Math.abs(at(i, k)) > Math.abs(at(pivot, k))) pivot = i;
    [A[k], A[pivot]] = [A[pivot] as number[], A[k] as number[]];
    if (!(Math.abs(at(k, k)) > 1e-12 * size)) return null;
    for (let i = k + 1; i < m; i++) {
      const factor = at(i, k) / at(k, k);
      for (let j = k; j <= m; j++) (A[i] as number[])[j] = at(i, j) - factor * at(k, j);
    }
  }
  const x = new Array<number>(m).fill(0);
  for (let k = m - 1; k >= 0; k--) {
    let rest = at(k, m);
    for (let j = k + 1; j < m; j++) rest -= at(k, j) * (x[j] as number);
    x[k] = rest / at(k, k);
  }
  return x.every((value) => value > 0) ? x : null;
}
