import { show, VernierError } from "../core/errors.ts";
import { encodeLabels, type Label, type LabelsLike } from "../core/labels.ts";
import type { Estimator } from "../models/estimator.ts";

/** What is to be predicted, one a sample [n]: labels for classifiers, numbers for regressors. */
export type TargetsLike = LabelsLike | ArrayLike<number>;

/** The same, checked: a list of labels for classifiers, a Float64Array for regressors. */
export type Targets = readonly Label[] | Float64Array;

/**
 * Checks y [rows] for an estimator. Throws `invalid-data` for unequal lengths, and for fewer than two classes or
 * mixed labels with a classifier, other than finite numbers with a regressor.
 */
export function toTargets(task: Estimator["task"], y: TargetsLike, rows: number): Targets {
  const what = task === "regression" ? "a number" : "a label";
  if (task === "classification") {
    const { classes } = encodeLabels(y as LabelsLike);
    expectRows(what, y, rows);
    if (classes.length >= 2) return Array.from<Label>(y as LabelsLike);
    throw new VernierError("invalid-data", `"y": expected at least two classes, got only ${String(classes[0])}`);
  }
  expectRows(what, y, rows);
  return Float64Array.from(y as ArrayLike<number>, (value: unknown, i) => {
    if (typeof value === "number" && Number.isFinite(value)) return value;
    const message = `"y": expected finite numbers for a regressor, got ${show(value)} at position ${i}`;
    throw new VernierError("invalid-data", message);
  });
}

function expectRows(what: string, y: TargetsLike, rows: number): void {
  if (y?.length === rows) return;
  const got = y?.length ?? show(y);
  throw new VernierError("invalid-data", `"y": expected ${what} for each of X's ${rows} rows, got ${got}`);
}

/** The targets at `rows`, in that order. */
export function takeTargets(y: Targets, rows: ArrayLike<number>): Targets {
  if (y instanceof Float64Array) return Float64Array.from(rows, (row) => y[row] as number);
  return Array.from(rows, (row) => y[row] as Label);
}
