import type { Dataset } from "./dataset.ts";

/** A table as compact text; made by `scripts/datasets.mjs`. */
export interface EncodedTable<L extends string | number> {
  readonly features: readonly string[];
  /** The classes, sorted. */
  readonly targets: readonly L[];
  /** Decimal places of each column. */
  readonly decimals: readonly number[];
  /** Base-78 digits of each column. */
  readonly widths: readonly number[];
  /** Row after row, each entry the whole number x * 10^decimals. */
  readonly rows: string;
  /** Position in `targets` of each row, one base-78 digit. */
  readonly labels: string;
}

/** The table that `encoded` holds, every number equal bit for bit to the decimal it was made from. */
export function decodeTable<L extends string | number>(
  name: string,
  description: string,
  encoded: EncodedTable<L>,
): Dataset<L> {
  const { features, targets, widths, rows, labels } = encoded;
  const cols = features.length;
  const scales = encoded.decimals.map((places) => Number(`1e${places}`));
  const data = new Float64Array(labels.length * cols);
  let position = 0;
  for (let k = 0; k < data.length; k++) {
    let whole = 0;
    for (let left = widths[k % cols] as number; left > 0; left--) whole = whole * 78 + digitAt(rows, position++);
    data[k] = whole / (scales[k % cols] as number);
  }
  const y: L[] = [];
  for (let i = 0; i < labels.length; i++) y.push(targets[digitAt(labels, i)] as L);
  return Object.freeze({
    name,
    X: Object.freeze({ data, rows: labels.length, cols }),
    y: Object.freeze(y),
    features: Object.freeze([...features]),
    targets: Object.freeze([...targets]),
    description,
  });
}

// The digits are the characters from "0" to "~" without the backslash.
function digitAt(text: string, position: number): number {
  const code = text.charCodeAt(position);
  return code - 48 - (code > 92 ? 1 : 0);
}
