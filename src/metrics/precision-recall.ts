import { expectOneOf, show, VernierError } from "../core/errors.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import { countPairs } from "./confusion-matrix.ts";
import { type PairedLabels, pairLabels } from "./paired-labels.ts";

/**
 * How the classes' figures become one. "binary": the positive class's alone; "macro": their mean; "weighted":
 * their mean weighted by the classes' true sizes; "micro": one figure from the counts of all classes together.
 */
export type Average = "binary" | "macro" | "micro" | "weighted";

export interface PrecisionRecallOptions {
  /** Default "binary", for two classes. */
  readonly average?: Average;
  /** For "binary": the positive class; default the last of the two in sorted order. */
  readonly positive?: Label;
  /** What 0 / 0 is: a class never predicted (precision) or never true (recall). Default 0. */
  readonly zeroDivision?: 0 | 1;
}

/** Counts of one class against the rest. */
interface Tally {
  readonly hits: number;
  readonly predicted: number;
  readonly actual: number;
}

/**
 * Of the samples predicted to be of a class, the share that are: TP / (TP + FP), 0 to 1.
 * Averages run over every class that is true or predicted somewhere.
 * Throws `invalid-data` for unequal lengths or empty lists, `invalid-argument` for an unknown average, or for
 * "binary" with more than two classes.
 */
export function precision(yTrue: LabelsLike, yPred: LabelsLike, options: PrecisionRecallOptions = {}): number {
  return averaged(yTrue, yPred, options, (tally) => [tally.hits, tally.predicted]);
}

/** Of the samples of a class, the share that were found: TP / (TP + FN), 0 to 1. Otherwise as `precision`. */
export function recall(yTrue: LabelsLike, yPred: LabelsLike, options: PrecisionRecallOptions = {}): number {
  return averaged(yTrue, yPred, options, (tally) => [tally.hits, tally.actual]);
}

/** The harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN), 0 to 1. Otherwise as `precision`. */
export function f1(yTrue: LabelsLike, yPred: LabelsLike, options: PrecisionRecallOptions = {}): number {
  return averaged(yTrue, yPred, options, (tally) => [2 * tally.hits, tally.predicted + tally.actual]);
}

function averaged(
  yTrue: LabelsLike,
  yPred: LabelsLike,
  options: PrecisionRecallOptions,
  ratio: (tally: Tally) => readonly [numerator: number, denominator: number],
): number {
  const average = expectOneOf("average", options.average ?? "binary", ["binary", "macro", "micro", "weighted"]);
  const zeroDivision = expectOneOf("zeroDivision", options.zeroDivision ?? 0, [0, 1]);
  if (options.positive !== undefined && average !== "binary") {
    throw new VernierError(
      "invalid-argument",
      `"positive": expected average "binary" with a positive class, got ${show(average)}`,
    );
  }
  const pairs = pairLabels(yTrue, yPred);
  const tallies = tally(pairs);
  const figure = (one: Tally): number => {
    const [numerator, denominator] = ratio(one);
    return denominator === 0 ? zeroDivision : numerator / denominator;
  };
  if (average === "binary") {
    const none: Tally = { hits: 0, predicted: 0, actual: 0 };
    return figure(tallies[positiveOf(pairs.classes, options.positive)] ?? none);
  }
  if (average === "micro") return figure(tallies.reduce(add));
  const weights = tallies.map((one) => (average === "macro" ? 1 : one.actual));
  let sum = 0;
  let total = 0;
  tallies.forEach((one, k) => {
    sum += (weights[k] as number) * figure(one);
    total += weights[k] as number;
  });
  return sum / total;
}

function tally(pairs: PairedLabels): Tally[] {
  const counts = countPairs(pairs);
  return counts.map((row, k) => ({
    hits: row[k] as number,
    predicted: counts.reduce((total, other) => total + (other[k] as number), 0),
    actual: row.reduce((total, count) => total + count, 0),
  }));
}

function add(a: Tally, b: Tally): Tally {
  return { hits: a.hits + b.hits, predicted: a.predicted + b.predicted, actual: a.actual + b.actual };
}

// Position of the positive class; -1 for one that is given and occurs nowhere.
function positiveOf(classes: readonly Label[], positive: Label | undefined): number {
  const seen = classes.map(show).join(", ");
  if (classes.length > 2) {
    throw new VernierError(
      "invalid-argument",
      `"average": expected "macro", "micro" or "weighted" for more than two classes (${seen}), got "binary"`,
    );
  }
  if (positive !== undefined) {
    const position = classes.indexOf(positive);
    if (position >= 0 || (classes.length < 2 && typeof positive === typeof classes[0])) return position;
    throw new VernierError("invalid-argument", `"positive": expected one of ${seen}, got ${show(positive)}`);
  }
  if (classes.length === 2) return 1;
  throw new VernierError(
    "invalid-argument",
    `"positive": expected the positive class where only ${seen} occurs, got none`,
  );
}
