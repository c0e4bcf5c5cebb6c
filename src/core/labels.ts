import { show, VernierError } from "./errors.ts";

/** A class: any number, string or boolean. */
export type Label = string | number | boolean;
export type LabelsLike = readonly Label[] | Float64Array | Int32Array | Uint8Array;

/** Labels as positions in the sorted list of classes (numbers by value, strings by code unit, false before true). */
export interface EncodedLabels {
  readonly classes: readonly Label[];
  /** `classes[codes[i]]` is the i-th label. */
  readonly codes: Int32Array;
}

/** Numbers the classes of `y`; throws `invalid-data` for an empty `y`, mixed types or a NaN. */
export function encodeLabels(y: LabelsLike, name: string = "y"): EncodedLabels {
  const type = typeof y[0];
  if (y.length === 0) throw new VernierError("invalid-data", `"${name}": expected at least one label, got none`);
  const positions = new Map<Label, number>();
  for (let i = 0; i < y.length; i++) {
    const label = y[i] as Label;
    const allowed = typeof label === type && (type === "string" || type === "boolean" || Number.isFinite(label));
    if (!allowed) {
      throw new VernierError(
        "invalid-data",
        `"${name}": expected finite numbers, strings or booleans of one type, got ${show(label)} at position ${i}`,
      );
    }
    positions.set(label, 0);
  }
  const classes = [...positions.keys()].sort((a, b) => (a < b ? -1 : 1));
  classes.forEach((label, code) => positions.set(label, code));
  const codes = new Int32Array(y.length);
  for (let i = 0; i < y.length; i++) codes[i] = positions.get(y[i] as Label) as number;
  return { classes, codes };
}
