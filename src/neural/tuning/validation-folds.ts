import { expectNumber, show, VernierError } from "../../core/errors.ts";
import type { LabelsLike } from "../../core/labels.ts";
import type { Features } from "../../core/table.ts";
import type { Fold } from "../../selection/fold.ts";
import { stratifiedSplit } from "../../selection/stratified-shuffle-split.ts";
import { type FoldsLike, toFolds } from "../../selection/to-folds.ts";
import { defaultCore } from "../../wasm/default-core.ts";
import { permutation } from "../../wasm/random.ts";
import { furtherRows, joinRows, type NetworkData, type NetworkRows } from "../data/network-data.ts";

/** What the networks of a search are judged by. */
export type Validation =
  /** A share of the rows, stratified by class. */
  | number
  /** Rows to train and to test on. */
  | { readonly train: ArrayLike<number>; readonly test: ArrayLike<number> }
  /** Data of their own. */
  | { readonly X: Features; readonly y: LabelsLike | ArrayLike<number> }
  /** One network for each fold: their number (stratified by class), a splitter, or the folds themselves. */
  | { readonly folds: FoldsLike };

/** The rows of a search and how they are split; a share is drawn with the study's seed. */
export interface ValidationPlan {
  readonly rows: NetworkRows;
  foldsWith(seed: number): readonly Fold[];
}

/** Checks all that can be wrong with `validation`, which throws "invalid-argument" or "invalid-data". */
export function planValidation(
  data: NetworkData,
  y: LabelsLike | ArrayLike<number>,
  validation: Validation,
): ValidationPlan {
  if (typeof validation === "number") {
    expectNumber("validation", validation, "a share between 0 and 1", (value) => value > 0 && value < 1);
    return { rows: data, foldsWith: (seed) => [split(data, validation, seed)] };
  }
  if (typeof validation !== "object" || validation === null) {
    const expected = "a share, { train, test }, { X, y } or { folds }";
    throw new VernierError("invalid-argument", `"validation": expected ${expected}, got ${show(validation)}`);
  }
  if ("X" in validation) {
    const further = furtherRows(validation.X, validation.y, data);
    const fold = { train: range(0, data.rows), test: range(data.rows, data.rows + further.rows) };
    return { rows: joinRows(data, further), foldsWith: () => [fold] };
  }
  const folds =
    "folds" in validation
      ? toFolds(validation.folds, y as LabelsLike, data.shape.task, "validation.folds")
      : [checkedFold(validation, data.rows)];
  return { rows: data, foldsWith: () => folds };
}

function checkedFold({ train, test }: { readonly [side in keyof Fold]: ArrayLike<number> }, rows: number): Fold {
  for (const [name, side] of Object.entries({ train, test })) {
    const whole = Array.from(side).every((row) => Number.isInteger(row) && row >= 0 && row < rows);
    if (side.length > 0 && whole) continue;
    throw new VernierError("invalid-argument", `"validation.${name}": expected at least one row number below ${rows}`);
  }
  return { train: Int32Array.from(train), test: Int32Array.from(test) };
}

function split(data: NetworkData, share: number, seed: number): Fold {
  const key = { seed, trial: 0, purpose: "validation" };
  if (data.classes !== null) return stratifiedSplit(data.targets, { testSize: share }, share, key);
  const order = permutation(defaultCore(), key, data.rows);
  const test = Math.ceil(share * data.rows);
  return { train: order.slice(test), test: order.slice(0, test) };
}

function range(start: number, end: number): Int32Array {
  return Int32Array.from({ length: end - start }, (_, i) => start + i);
}
