import { show, VernierError } from "../core/errors.ts";
import { encodeLabels, type Label, type LabelsLike } from "../core/labels.ts";

/** True and predicted labels as positions in one list of classes. */
export interface PairedLabels {
  /** Every class that is true or predicted somewhere, sorted; or the list that was given. */
  readonly classes: readonly Label[];
  readonly actual: Int32Array;
  readonly predicted: Int32Array;
}

/**
 * Numbers two equally long lists of labels alike.
 * `labels` fixes the classes and their order; it must hold every label that occurs.
 * Throws `invalid-data` for unequal lengths, empty lists, or labels of different types.
 */
export function pairLabels(yTrue: LabelsLike, yPred: LabelsLike, labels?: readonly Label[]): PairedLabels {
  expectEqualLengths("yTrue", yTrue.length, "yPred", yPred.length);
  const actual = encodeLabels(yTrue, "yTrue");
  const predicted = encodeLabels(yPred, "yPred");
  if (typeof actual.classes[0] !== typeof predicted.classes[0]) {
    throw new VernierError(
      "invalid-data",
      `"yPred": expected labels of yTrue's type, ${typeof actual.classes[0]}, got ${typeof predicted.classes[0]}`,
    );
  }
  const classes = labels ?? encodeLabels([...actual.classes, ...predicted.classes]).classes;
  return {
    classes,
    actual: recode("yTrue", actual.codes, actual.classes, classes),
    predicted: recode("yPred", predicted.codes, predicted.classes, classes),
  };
}

/** The labels' positions in `classes`; throws `invalid-data` for a label that is not among them. */
export function codesIn(name: string, y: LabelsLike, classes: readonly Label[]): Int32Array {
  const encoded = encodeLabels(y, name);
  return recode(name, encoded.codes, encoded.classes, classes);
}

/** Throws `invalid-data` unless the two lengths are equal. */
export function expectEqualLengths(name: string, length: number, otherName: string, otherLength: number): void {
  if (length === otherLength) return;
  throw new VernierError(
    "invalid-data",
    `"${otherName}": expected as many entries as "${name}" has, ${length}, got ${otherLength}`,
  );
}

function recode(name: string, codes: Int32Array, from: readonly Label[], to: readonly Label[]): Int32Array {
  const positions = new Map(to.map((label, code) => [label, code]));
  const translation = from.map((label) => {
    const code = positions.get(label);
    if (code !== undefined) return code;
    throw new VernierError(
      "invalid-data",
      `"${name}": expected labels among ${to.map(show).join(", ")}, got ${show(label)}`,
    );
  });
  return codes.map((code) => translation[code] as number);
}
