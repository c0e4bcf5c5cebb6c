import { VernierError } from "../../core/errors.ts";
import { encodeLabels, type Label, type LabelsLike } from "../../core/labels.ts";
import { type Features, featureMatrix } from "../../core/table.ts";
import type { Matrix } from "../../core/matrix.ts";
import { regressionTargets } from "../../models/training-data.ts";
import type { NetworkShape } from "../networks/hypermodel.ts";
import { inputWidth } from "../networks/input-shape.ts";
import { targetScale } from "./target-scale.ts";

/** Rows for a network: inputs [rows, width] in single precision, and what to answer. */
export interface NetworkRows {
  readonly rows: number;
  readonly width: number;
  readonly inputs: Float32Array;
  /** The class of each row by its place among the classes, or the number [rows]. */
  readonly targets: Float64Array;
}

/** What all networks of one search are given. */
export interface NetworkData extends NetworkRows {
  readonly shape: NetworkShape;
  /** In sorted order; null for a regression. */
  readonly classes: readonly Label[] | null;
}

/** Checks X for a network; throws "invalid-data" for another width, and for tokens that are not of the vocabulary. */
export function networkInputs(
  X: Features,
  input: NetworkShape["input"],
  name: string = "X",
): Omit<NetworkRows, "targets"> {
  return checkedInputs(featureMatrix(X, name), input, name);
}

function checkedInputs(
  { data, rows, cols }: Matrix,
  input: NetworkShape["input"],
  name: string,
): Omit<NetworkRows, "targets"> {
  const width = inputWidth(input);
  if (cols !== width) {
    throw new VernierError("invalid-data", `"${name}": expected ${width} columns for ${input.kind} input, got ${cols}`);
  }
  if (input.kind === "tokens") {
    const odd = data.findIndex((id) => !(Number.isInteger(id) && id >= 0 && id < input.vocabulary));
    if (odd >= 0) {
      const expected = `whole numbers from 0 to ${input.vocabulary - 1}`;
      throw new VernierError("invalid-data", `"${name}": expected ${expected}, got ${data[odd]}`);
    }
  }
  return { rows, width, inputs: Float32Array.from(data) };
}

/**
 * Checks X and y; a regression's shape has the scale of y, so that networks are trained on numbers of the order of 1. Throws
 * "invalid-data" as `networkInputs` does, and for unequal lengths or fewer than two classes.
 */
export function networkData(
  X: Features,
  y: LabelsLike | ArrayLike<number>,
  task: NetworkShape["task"],
  input?: NetworkShape["input"],
): NetworkData {
  const matrix = featureMatrix(X);
  const kind = input ?? { kind: "table", features: matrix.cols };
  const inputs = checkedInputs(matrix, kind, "X");
  if (task === "regression") {
    const targets = regressionTargets(y as ArrayLike<number>, matrix.rows);
    const shape = { input: kind, outputs: 1, task, scale: targetScale(targets) };
    return { ...inputs, targets, classes: null, shape };
  }
  const { classes, codes } = encodeLabels(y as LabelsLike);
  expectLength("y", y, inputs.rows);
  if (classes.length < 2) {
    throw new VernierError("invalid-data", `"y": expected at least two classes, got only ${String(classes[0])}`);
  }
  return {
    ...inputs,
    targets: Float64Array.from(codes),
    classes,
    shape: { input: kind, outputs: classes.length, task },
  };
}

/** Further rows for the same networks; throws "invalid-data" also for a label that is not among the classes. */
export function furtherRows(
  X: Features,
  y: LabelsLike | ArrayLike<number>,
  { shape, classes }: NetworkData,
): NetworkRows {
  const inputs = networkInputs(X, shape.input, "validation X");
  expectLength("validation y", y, inputs.rows);
  const targets = Float64Array.from(y as ArrayLike<number>, (label, i) => {
    const target = classes === null ? label : classes.indexOf(label as Label);
    if (Number.isFinite(target) && (classes === null || target >= 0)) return target;
    const expected = classes === null ? "finite numbers" : "labels that y has too";
    throw new VernierError(
      "invalid-data",
      `"validation y": expected ${expected}, got ${String(label)} at position ${i}`,
    );
  });
  return { ...inputs, targets };
}

/** The shape of networks that are trained on these rows: a regression's has the scale of their targets. */
export function shapeOfTraining(shape: NetworkShape, { targets }: NetworkRows): NetworkShape {
  return shape.task === "regression" ? { ...shape, scale: targetScale(targets) } : shape;
}

/** Rows after rows of the same width. */
export function joinRows(first: NetworkRows, second: NetworkRows): NetworkRows {
  const inputs = new Float32Array(first.inputs.length + second.inputs.length);
  inputs.set(first.inputs);
  inputs.set(second.inputs, first.inputs.length);
  const targets = new Float64Array(first.rows + second.rows);
  targets.set(first.targets);
  targets.set(second.targets, first.rows);
  return { rows: first.rows + second.rows, width: first.width, inputs, targets };
}

/** The rows at `indices`, in that order. */
export function takeNetworkRows({ width, inputs, targets }: NetworkRows, indices: ArrayLike<number>): NetworkRows {
  const taken = new Float32Array(indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    const from = (indices[i] as number) * width;
    taken.set(inputs.subarray(from, from + width), i * width);
  }
  const chosen = Float64Array.from(indices, (row) => targets[row] as number);
  return { rows: indices.length, width, inputs: taken, targets: chosen };
}

function expectLength(name: string, y: { readonly length: number }, rows: number): void {
  if (y.length === rows) return;
  throw new VernierError("invalid-data", `"${name}": expected one for each of X's ${rows} rows, got ${y.length}`);
}
