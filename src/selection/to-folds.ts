import { expectInteger, show, VernierError } from "../core/errors.ts";
import type { LabelsLike } from "../core/labels.ts";
import type { Estimator } from "../models/estimator.ts";
import type { Fold, Splitter } from "./fold.ts";
import { kFold } from "./k-fold.ts";
import { stratifiedKFold } from "./stratified-k-fold.ts";

/** How to split: a number of folds (stratified for classifiers), a splitter, or the folds themselves. */
export type FoldsLike = number | Splitter | readonly { readonly train: RowsLike; readonly test: RowsLike }[];
type RowsLike = readonly number[] | Int32Array;

/** The folds of `y`, checked; throws `invalid-argument` for rows out of range, empty sides, or rows on both. */
export function toFolds(
  cv: FoldsLike,
  y: LabelsLike,
  task: Estimator["task"] = "classification",
  name: string = "cv",
): readonly Fold[] {
  if (typeof cv === "number") return (task === "regression" ? kFold : stratifiedKFold)({ splits: cv }).split(y);
  if (!Array.isArray(cv)) return checkFolds(name, (cv as Splitter).split(y), y.length);
  return checkFolds(name, cv, y.length);
}

function checkFolds(
  name: string,
  folds: readonly { readonly train: RowsLike; readonly test: RowsLike }[],
  n: number,
): readonly Fold[] {
  if (folds.length === 0) throw new VernierError("invalid-argument", `"${name}": expected at least one fold, got none`);
  return folds.map(({ train, test }, k) => {
    const trains = new Set(checkRows(`${name}[${k}].train`, train, n));
    const both = checkRows(`${name}[${k}].test`, test, n).find((row) => trains.has(row));
    if (both === undefined) return { train: Int32Array.from(train), test: Int32Array.from(test) };
    throw new VernierError(
      "invalid-argument",
      `"${name}[${k}]": expected rows on one side only, got row ${both} on both`,
    );
  });
}

function checkRows(name: string, rows: RowsLike, n: number): RowsLike {
  if (!(Array.isArray(rows) || rows instanceof Int32Array) || rows.length === 0) {
    throw new VernierError("invalid-argument", `"${name}": expected a list of row numbers, got ${show(rows)}`);
  }
  for (const row of rows) expectInteger(name, row, 0, n - 1);
  return rows;
}
