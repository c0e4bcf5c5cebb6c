import { sameNumbers } from "../../core/same-numbers.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { svmProducts } from "../../wasm/svm.ts";
import { MOST_KEPT, tableMemo } from "../table-memo.ts";

/** With fewer columns, computing the products costs no more than copying them. */
const MIN_COLUMNS = 16;

interface Products {
  /** The order of the table's rows that they are of; null: its own. */
  readonly order: Int32Array | null;
  readonly values: Float64Array;
}

/**
 * The inner products of `rows`, which are those of X in an order (null: its own): null the first time that X is seen,
 * kept from the second time on.
 */
export function rememberedProducts(
  core: ModelsCore,
  X: Matrix,
  order: Int32Array | null,
  rows: Matrix,
): Float64Array | null {
  const bytes = ((rows.rows * (rows.rows + 1)) / 2) * 8;
  if (rows.cols < MIN_COLUMNS || bytes > MOST_KEPT) return null;
  const memo = tableMemo(X);
  if (memo === null) return null;
  const kept = memo.get<Products>("inner products");
  if (kept !== undefined && sameNumbers(kept.order, order)) return kept.values;
  const values = svmProducts(core, rows);
  memo.set("inner products", { order, values } satisfies Products, bytes);
  return values;
}
