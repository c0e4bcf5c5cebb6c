import { VernierError } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { BoostEdges } from "../../wasm/boost.ts";

/** Rows that bins are made for. */
export interface BinnedRows {
  readonly X: Matrix;
  /** [rows], or null for 1 each; rows of weight 0 play no part. */
  readonly weights: Float64Array | null;
  /** The rows that percentiles are taken from; null: all. */
  readonly sample: Int32Array | null;
}

/**
 * Where the columns of X [n, d] are cut into bins: halfway between neighboring values where there are at most `maxBins`
 * distinct ones, else at the (weighted) percentiles 100 k / maxBins; a categorical column has its categories for edges.
 * Throws `invalid-data` for a column of more than `maxBins` categories.
 */
export function edgesOf(rows: BinnedRows, maxBins: number, categorical: readonly number[]): BoostEdges {
  const { cols } = rows.X;
  const columns = Array.from({ length: cols }, (_, f) => {
    if (!categorical.includes(f)) return numericEdges(distinctValues(rows, f), maxBins);
    const { values } = distinctValues({ ...rows, weights: null, sample: null }, f);
    if (values.length <= maxBins) return values;
    const expected = `at most maxBins = ${maxBins} categories in column ${f}`;
    throw new VernierError("invalid-data", `"X": expected ${expected}, got ${values.length}`);
  });
  const starts = new Int32Array(cols + 1);
  columns.forEach((edges, f) => {
    starts[f + 1] = (starts[f] as number) + edges.length;
  });
  return {
    starts,
    edges: Float64Array.from(columns.flat()),
    categorical: Uint8Array.from(columns, (_, f) => (categorical.includes(f) ? 1 : 0)),
  };
}

interface Distinct {
  /** Increasing. */
  readonly values: number[];
  /** The weight of the rows with each value. */
  readonly totals: number[];
}

function distinctValues({ X: { data, rows, cols }, weights, sample }: BinnedRows, f: number): Distinct {
  const count = sample?.length ?? rows;
  const rowAt = (i: number): number => (sample === null ? i : (sample[i] as number));
  const present = new Float64Array(count);
  let size = 0;
  for (let i = 0; i < count; i++) {
    const row = rowAt(i);
    const value = data[row * cols + f] as number;
    if (!Number.isNaN(value) && weights?.[row] !== 0) present[size++] = value;
  }
  const sorted = present.subarray(0, size).sort();
  const values: number[] = [];
  const totals: number[] = [];
  for (const value of sorted) {
    if (value !== values[values.length - 1]) {
      values.push(value);
      totals.push(0);
    }
    totals[totals.length - 1] = (totals[totals.length - 1] as number) + 1;
  }
  if (weights === null) return { values, totals };
  totals.fill(0);
  for (let i = 0; i < count; i++) {
    const place = placeOf(values, data[rowAt(i) * cols + f] as number);
    if (place >= 0) totals[place] = (totals[place] as number) + (weights[rowAt(i)] as number);
  }
  return { values, totals };
}

function numericEdges({ values, totals }: Distinct, maxBins: number): number[] {
  const middle = (i: number): number => 0.5 * (values[i] as number) + 0.5 * (values[i + 1] as number);
  if (values.length <= maxBins) return values.slice(1).map((_, i) => middle(i));
  const sum = totals.reduce((all, total) => all + total, 0);
  const edges: number[] = [];
  let below = 0;
  let i = -1;
  // The least value that the share k / maxBins of the weight is at or below; where it is so exactly, the middle
  // between that value and the next.
  for (let k = 1; k < maxBins; k++) {
    while (below * maxBins < k * sum && i < values.length - 1) below += totals[++i] as number;
    const exact = below * maxBins === k * sum && i < values.length - 1;
    const edge = exact ? middle(i) : (values[i] as number);
    if (edge !== edges[edges.length - 1]) edges.push(edge);
  }
  return edges;
}

/** Where `value` stands among increasing values, -1 where it does not. */
function placeOf(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const half = (low + high) >> 1;
    if ((values[half] as number) < value) low = half + 1;
    else high = half;
  }
  return values[low] === value ? low : -1;
}
