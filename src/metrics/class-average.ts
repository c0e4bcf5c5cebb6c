import { expectOneOf, show, VernierError } from "../core/errors.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import { countPairs } from "./confusion-matrix.ts";
import { type PairedLabels, pairLabels } from "./paired-labels.ts";
import { sumOf, type WeightOptions, weightsOf } from "./sample-weight.ts";

/**
 * How the classes' figures become one. "binary": the positive class's alone; "macro": their mean; "weighted":
 * their mean weighted by the classes' true sizes; "micro": one figure from the counts of all classes together.
 */
export type Average = "binary" | "macro" | "micro" | "weighted";

export interface PrecisionRecallOptions extends WeightOptions {
  /** Default "binary", for two classes. */
  readonly average?: Average;
  /** For "binary": the positive class; default the last of the two in sorted order. */
  readonly positive?: Label;
  /** What 0 / 0 is: a class never predicted (precision) or never true (recall). Default 0. */
  readonly zeroDivision?: 0 | 1;
}

/** Counts (or weights) of one class against the rest. */
export interface Tally {
  readonly hits: number;
  readonly predicted: number;
  readonly actual: number;
}

/** A class's figure as numerator and denominator. */
export type TallyRatio = (tally: Tally) => readonly [numerator: number, denominator: number];

/** The average over the classes of a figure of theirs; throws as `precision` says. */
export function classAverage(
  yTrue: LabelsLike,
  yPred: LabelsLike,
  options: PrecisionRecallOptions,
  ratio: TallyRatio,
): number {
  const average = expectOneOf("average", options.average ?? "binary", ["binary", "macro", "micro", "weighted"]);
  const zeroDivision = expectOneOf<0 | 1>("zeroDivision", options.zeroDivision ?? 0, [0, 1]);
  if (options.positive !== undefined && average !== "binary") {
    throw new VernierError(
      "invalid-argument",
      `"positive": expected average "binary" with a positive class, got ${show(average)}`,
    );
  }
  const pairs = pairLabels(yTrue, yPred);
  const tallies = tallyClasses(pairs, weightsOf(options.sampleWeight, yTrue.length));
  const figure = (one: Tally): number => quotient(ratio(one), zeroDivision);
  if (average === "binary") {
    const none: Tally = { hits: 0, predicted: 0, actual: 0 };
    return figure(tallies[positiveOf(pairs.classes, options.positive)] ?? none);
  }
  if (average === "micro") return figure(tallies.reduce(add));
  return meanOverClasses(tallies.map(figure), average === "macro" ? null : tallies);
}

/** numerator / denominator, with `zeroDivision` for 0 / 0. */
export function quotient([numerator, denominator]: readonly [number, number], zeroDivision: 0 | 1): number {
  return denominator === 0 ? zeroDivision : numerator / denominator;
}

/** The mean of the classes' figures, all alike or by the classes' true sizes. */
export function meanOverClasses(figures: readonly number[], sizes: readonly Tally[] | null): number {
  const weights = figures.map((_, k) => (sizes === null ? 1 : (sizes[k] as Tally).actual));
  return sumOf(figures.map((figure, k) => (weights[k] as number) * figure)) / sumOf(weights);
}

/** Each class's counts, in the order of the classes. */
export function tallyClasses(pairs: PairedLabels, weights: Float64Array): Tally[] {
  const counts = countPairs(pairs, weights);
  return counts.map((row, k) => ({
    hits: row[k] as number,
    predicted: sumOf(counts.map((other) => other[k] as number)),
    actual: sumOf(row),
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
