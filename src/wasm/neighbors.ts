import { VernierError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import type { ModelsCore } from "./core.ts";

/**
 * How far two rows are apart. euclidean: sqrt(sum (x - z)^2); manhattan: sum |x - z|; chebyshev: max |x - z|;
 * minkowski: (sum |x - z|^p)^(1/p).
 */
export type NeighborMetric = "euclidean" | "manhattan" | "chebyshev" | "minkowski";

/** The k nearest rows of a table to each of m queries. */
export interface Neighbors {
  readonly k: number;
  /** [m, k], rising in each row. */
  readonly distances: Float64Array;
  /** Row numbers in the table [m, k], in the order of `distances`; of equally far rows the lower number comes first. */
  readonly rows: Int32Array;
}

const kinds: Readonly<Record<NeighborMetric, number>> = { euclidean: 0, manhattan: 1, chebyshev: 2, minkowski: 3 };

/**
 * The nearest of `table` [n, d] to each row of `queries` [m, d], 1 <= k <= n; p >= 1 is read by "minkowski" alone.
 * Throws `numerical-failure` when a distance overflows.
 */
export function neighborsSearch(
  core: ModelsCore,
  table: Matrix,
  queries: Matrix,
  k: number,
  metric: NeighborMetric,
  p: number,
): Neighbors {
  const length = queries.rows * k;
  const found = core.scope((arena) => {
    const distances = arena.f64Alloc(length);
    const rows = arena.i32Alloc(length);
    core.exports.neighborsSearch(
      arena.f64(table.data),
      table.rows,
      arena.f64(queries.data),
      queries.rows,
      table.cols,
      k,
      kinds[metric],
      p,
      distances,
      rows,
    );
    return { k, distances: arena.readF64(distances, length), rows: arena.readI32(rows, length) };
  });
  for (let last = k - 1; last < length; last += k) {
    if (found.rows[last] !== -1) continue;
    throw new VernierError(
      "numerical-failure",
      '"X": expected features whose distances stay within double precision, got an overflow',
    );
  }
  return found;
}
