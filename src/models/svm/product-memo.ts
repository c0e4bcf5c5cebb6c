import type { Matrix } from "../../core/matrix.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { svmProducts } from "../../wasm/svm.ts";

// Inner products of training tables that are fitted again and again, as a search does with its folds. What is
// kept could be computed anew with the same bits. An entry lives no longer than the table it was asked for.

/** Bytes of products kept at most, in this thread; when they are spent, all entries are dropped. */
const BUDGET = 128 * 1024 * 1024;
/** With fewer columns, computing the products costs no more than copying them. */
const MIN_COLUMNS = 16;

interface Entry {
  /** The rows that the products are of. */
  readonly rows: Float64Array;
  readonly products: Float64Array | null;
}

let entries = new WeakMap<Float64Array, Entry>();
let spent = 0;

/**
 * The inner products of `rows`, a rearrangement of the table whose numbers are `owner`: null the first time
 * that they are asked for, kept from the second time on. `rows` is kept too and must not be written to.
 */
export function rememberedProducts(core: ModelsCore, owner: Float64Array, rows: Matrix): Float64Array | null {
  const bytes = ((rows.rows * (rows.rows + 1)) / 2) * 8;
  if (rows.cols < MIN_COLUMNS || bytes > BUDGET) return null;
  const entry = entries.get(owner);
  if (entry === undefined || !sameNumbers(entry.rows, rows.data)) {
    entries.set(owner, { rows: rows.data, products: null });
    return null;
  }
  if (entry.products !== null) return entry.products;
  if (spent + bytes > BUDGET) {
    entries = new WeakMap();
    spent = 0;
  }
  spent += bytes;
  const products = svmProducts(core, rows);
  entries.set(owner, { rows: rows.data, products });
  return products;
}

function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
