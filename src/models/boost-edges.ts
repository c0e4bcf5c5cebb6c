import { VernierError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import type { BoostEdges } from "../wasm/boost.ts";

/**
 * Where the columns of X [n, d] are cut into bins: halfway between neighboring values where there are at most `maxBins`
 * distinct ones, else at the percentiles 100 k / maxBins, taken as the middle of the two values beside them; a
 * categorical column has its categories for edges. `sample` (null: all) are the rows that percentiles are taken from.
 * Weights play no part. Throws `invalid-data` for a column of more than `maxBins` categories.
 */
export function edgesOf(
  X: Matrix,
  sample: Int32Array | null,
  maxBins: number,
  categorical: readonly number[],
): BoostEdges {
  const columns = Array.from({ length: X.cols }, (_, f) => {
    if (!categorical.includes(f)) return numericEdges(sorted(X, f, sample), maxBins);
    const categories = distinct(sorted(X, f, null));
    if (categories.length <= maxBins) return categories;
    const expected = `at most maxBins = ${maxBins} categories in column ${f}`;
    throw new VernierError("invalid-data", `"X": expected ${expected}, got ${categories.length}`);
  });
  const starts = new Int32Array(X.cols + 1);
  columns.forEach((edges, f) => {
    starts[f + 1] = (starts[f] as number) + edges.length;
  });
  return {
    starts,
    edges: Float64Array.from(columns.flat()),
    categorical: Uint8Array.from(columns, (_, f) => (categorical.includes(f) ? 1 : 0)),
  };
}

/** The values of column f that are not missing, in order. */
function sorted({ data, rows, cols }: Matrix, f: number, sample: Int32Array | null): Float64Array {
  const count = sample?.length ?? rows;
  const values = new Float64Array(count);
  let present = 0;
  for (let i = 0; i < count; i++) {
    const value = data[(sample === null ? i : (sample[i] as number)) * cols + f] as number;
    if (!Number.isNaN(value)) values[present++] = value;
  }
  return values.subarray(0, present).sort();
}

function distinct(values: Float64Array): number[] {
  const found: number[] = [];
  for (const value of values) if (found.length === 0 || value !== found[found.length - 1]) found.push(value);
  return found;
}

function numericEdges(values: Float64Array, maxBins: number): number[] {
  const found = distinct(values);
  const middle = (a: number, b: number): number => 0.5 * a + 0.5 * b;
  if (found.length <= maxBins) return found.slice(1).map((value, i) => middle(found[i] as number, value));
  const edges: number[] = [];
  for (let k = 1; k < maxBins; k++) {
    const place = k * (values.length - 1);
    const low = Math.floor(place / maxBins);
    const high = place % maxBins === 0 ? low : low + 1;
    const edge = middle(values[low] as number, values[high] as number);
    if (edge !== edges[edges.length - 1]) edges.push(edge);
  }
  return edges;
}
