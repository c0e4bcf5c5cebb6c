import { sameNumbers } from "../../core/same-numbers.ts";
import { VernierError } from "../../core/errors.ts";
import { type Matrix, takeRows } from "../../core/matrix.ts";
import { type BoostBins, type BoostEdges, boostBin } from "../../wasm/boost.ts";
import type { TreesCore } from "../../wasm/core.ts";
import { permutation } from "../../wasm/random.ts";
import { edgesOf } from "./boost-edges.ts";
import { type BoostParams, categoricalColumns } from "./boost-params.ts";
import { type BoostSplit, splitRows } from "./boost-split.ts";
import type { TableMemo } from "../table-memo.ts";

/** A training table, split and binned. */
export interface BoostTable {
  readonly edges: BoostEdges;
  /** Null where all rows are for training. */
  readonly split: BoostSplit | null;
  readonly training: BoostBins;
  readonly validation: BoostBins | null;
}

interface KeptTable extends BoostTable {
  readonly codes: Int32Array | null;
  readonly weights: Float64Array | null;
}

/** Percentiles of larger tables are taken from as many rows, drawn at random. */
const SAMPLE_ROWS = 200_000;

/**
 * Splits and bins X, or finds that in the memo of X. `codes` are the classes by which rows held back are drawn,
 * null for none. Throws `invalid-argument` for a categorical column that is not there.
 */
export function boostTable(
  core: TreesCore,
  X: Matrix,
  { codes, weights }: Pick<KeptTable, "codes" | "weights">,
  params: BoostParams,
  stops: boolean,
  memo: TableMemo | null,
): BoostTable {
  const { maxBins, categoricalFeatures, seed } = params;
  const fraction = stops ? params.validationFraction : null;
  const drawn = fraction !== null || X.rows > SAMPLE_ROWS;
  const what = `boost table ${JSON.stringify([maxBins, categoricalFeatures, fraction, drawn ? seed : null])}`;
  const guard = fraction === null ? null : codes;
  const kept = memo?.get<KeptTable>(what);
  const fits = kept !== undefined && sameNumbers(kept.codes, guard) && sameNumbers(kept.weights, weights);
  if (fits) return kept;

  const categorical = categoricalColumns(categoricalFeatures);
  const last = categorical.at(-1) ?? 0;
  if (last >= X.cols) {
    const expected = `column numbers below ${X.cols}, the number of columns of X`;
    throw new VernierError("invalid-argument", `"categoricalFeatures": expected ${expected}, got ${last}`);
  }
  const split = fraction === null ? null : splitRows(core, seed, X.rows, fraction, codes);
  const rows = split === null ? X : takeRows(X, split.training);
  const key = { seed, trial: 0, purpose: "boost:bins" };
  const sample = rows.rows > SAMPLE_ROWS ? permutation(core, key, rows.rows).subarray(0, SAMPLE_ROWS) : null;
  const parted = weights && split ? Float64Array.from(split.training, (row) => weights[row] as number) : weights;
  const edges = edgesOf({ X: rows, weights: parted, sample }, maxBins, categorical);
  const table = {
    edges,
    split,
    training: boostBin(core, rows, edges),
    validation: split === null ? null : boostBin(core, takeRows(X, split.validation), edges),
    codes: guard,
    weights,
  };
  memo?.set(what, table, X.data.length + 8 * (2 * X.rows + edges.edges.length));
  return table;
}
