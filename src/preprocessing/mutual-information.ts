import type { EncodedLabels } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";

// Mutual information of a column and y in nats, by distances to nearest neighbors, at least 0:
//   of a number and a class    psi(n) + <psi(k)> - <psi(n_class)> - <psi(m)>, m the values nearer than the k-th one of the
//                              same class; members of a class of one are left out. Ross, PLoS ONE (2014).
//   of two numbers             psi(n) + psi(k) - <psi(m_x) + psi(m_y)>, m_x and m_y those nearer in x, in y than the k-th in
//                              both, each in its standard deviation. Kraskov, Stoegbauer & Grassberger (2004), equation 8.
// psi, the digamma function, is asked for whole numbers alone, where it is a sum of fractions. A value counts itself. Where
// the k-th one is equal, k and m are how many are equal, as in Gao et al., "Estimating mutual information for
// discrete-continuous mixtures" (2017); scikit-learn tells equal values apart by a little random noise instead.

/** Nearest neighbors, as in scikit-learn. */
const NEIGHBORS = 3;

const EULER_GAMMA = 0.5772156649015329;

/** Of each column of X [n, d] with classes [n]. */
export function informationOnClasses(X: Matrix, { classes, codes }: EncodedLabels): Float64Array {
  const sizes = new Int32Array(classes.length);
  for (const code of codes) sizes[code] = (sizes[code] as number) + 1;
  const rows = Array.from(codes.keys()).filter((row) => (sizes[codes[row] as number] as number) > 1);
  const psi = digammas(rows.length);
  return eachColumn(X, (column) => {
    const all = Float64Array.from(rows, (row) => column[row] as number).sort();
    let sum = 0;
    for (const code of classes.keys()) {
      const own = Float64Array.from(
        rows.filter((row) => codes[row] === code),
        (row) => column[row] as number,
      ).sort();
      const k = Math.min(NEIGHBORS, own.length - 1);
      for (const at of own.keys()) {
        const x = own[at] as number;
        const radius = kthDistance(own, at, k);
        const inClass = radius > 0 ? k : nearer(own, x, 0);
        const near = nearer(all, x, radius);
        sum += (psi[inClass] as number) - (psi[own.length] as number) - (psi[near] as number);
      }
    }
    return rows.length === 0 ? 0 : Math.max(0, (psi[rows.length] as number) + sum / rows.length);
  });
}

/** Of each column of X [n, d] with the numbers y [n]; n > 3. */
export function informationOnNumbers(X: Matrix, y: ArrayLike<number>): Float64Array {
  const n = X.rows;
  const psi = digammas(n);
  const target = scaled(Float64Array.from(y));
  if (target === null || n <= NEIGHBORS) return new Float64Array(X.cols);
  const sortedTarget = target.slice().sort();
  return eachColumn(X, (column) => {
    const values = scaled(column);
    if (values === null) return 0;
    const order = Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
    const xs = Float64Array.from(order, (row) => values[row] as number);
    const ys = Float64Array.from(order, (row) => target[row] as number);
    const equal = pairCounts(xs, ys);
    let sum = 0;
    for (let at = 0; at < n; at++) {
      const [x, y] = [xs[at] as number, ys[at] as number];
      const radius = kthInBoth(xs, ys, at);
      const inBoth = radius > 0 ? NEIGHBORS : (equal.get(x)?.get(y) as number);
      sum += (psi[inBoth] as number) - (psi[nearer(xs, x, radius)] as number);
      sum -= psi[nearer(sortedTarget, y, radius)] as number;
    }
    return Math.max(0, (psi[n] as number) + sum / n);
  });
}

function eachColumn({ data, rows, cols }: Matrix, of: (column: Float64Array) => number): Float64Array {
  return Float64Array.from({ length: cols }, (_, j) => {
    const column = Float64Array.from({ length: rows }, (__, i) => data[i * cols + j] as number);
    return of(column);
  });
}

/** psi(m) of m = 1 ... n, in the places of their numbers. */
function digammas(n: number): Float64Array {
  const psi = new Float64Array(n + 1);
  let value = -EULER_GAMMA;
  for (let m = 1; m <= n; m++) {
    psi[m] = value;
    value += 1 / m;
  }
  return psi;
}

/** The values over their standard deviation, which is summed in ascending order; null where they are all the same. */
function scaled(values: Float64Array): Float64Array | null {
  const n = values.length;
  const sorted = values.slice().sort();
  if (sorted[0] === sorted[n - 1]) return null;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  const deviation = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / n);
  return deviation > 0 ? values.map((value) => value / deviation) : null;
}

/** How often each pair of values occurs. */
function pairCounts(xs: Float64Array, ys: Float64Array): Map<number, Map<number, number>> {
  const counts = new Map<number, Map<number, number>>();
  xs.forEach((x, at) => {
    const own = counts.get(x) ?? new Map<number, number>();
    const y = ys[at] as number;
    own.set(y, (own.get(y) ?? 0) + 1);
    counts.set(x, own);
  });
  return counts;
}

/** The distance of the k-th nearest of the other values, which are in ascending order. */
function kthDistance(sorted: Float64Array, at: number, k: number): number {
  const x = sorted[at] as number;
  let low = at - 1;
  let high = at + 1;
  let distance = 0;
  for (let taken = 0; taken < k; taken++) {
    const below = low >= 0 ? x - (sorted[low] as number) : Number.POSITIVE_INFINITY;
    const above = high < sorted.length ? (sorted[high] as number) - x : Number.POSITIVE_INFINITY;
    if (below <= above) low--;
    else high++;
    distance = Math.min(below, above);
  }
  return distance;
}

/** The largest of the two distances to the nearest neighbor of that number in both; xs ascends. */
function kthInBoth(xs: Float64Array, ys: Float64Array, at: number): number {
  const best = new Float64Array(NEIGHBORS).fill(Number.POSITIVE_INFINITY);
  const [x, y] = [xs[at] as number, ys[at] as number];
  let low = at - 1;
  let high = at + 1;
  for (;;) {
    const below = low >= 0 ? x - (xs[low] as number) : Number.POSITIVE_INFINITY;
    const above = high < xs.length ? (xs[high] as number) - x : Number.POSITIVE_INFINITY;
    const inX = Math.min(below, above);
    if (inX >= (best[NEIGHBORS - 1] as number)) return best[NEIGHBORS - 1] as number;
    const other = below <= above ? low-- : high++;
    let distance = Math.max(inX, Math.abs((ys[other] as number) - y));
    for (let place = 0; place < NEIGHBORS; place++) {
      const kept = best[place] as number;
      if (distance >= kept) continue;
      best[place] = distance;
      distance = kept;
    }
  }
}

/** How many of the ascending values are nearer to x than the radius; where it is 0, how many equal it. */
function nearer(sorted: Float64Array, x: number, radius: number): number {
  const within = (gap: number): boolean => gap < radius || gap === 0;
  const first = count(sorted, (value) => value < x && !within(x - value));
  return count(sorted, (value) => value <= x || within(value - x)) - first;
}

/** How many values the condition holds for, which it does for the first ones. */
function count(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
