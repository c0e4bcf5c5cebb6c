import { expectOneOf, show, VernierError } from "../core/errors.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import { countPairs, expectDistinct } from "./confusion-matrix.ts";
import { pairLabels } from "./paired-labels.ts";
import { sumOf, type WeightOptions, weightsOf } from "./sample-weight.ts";

export interface CohenKappaOptions extends WeightOptions {
  /** What a confusion costs: the same for all (default), or the classes' distance in the order, or its square. */
  readonly weights?: "none" | "linear" | "quadratic";
  /** The classes in their order, all that occur among them; default those that occur, sorted. */
  readonly labels?: readonly Label[];
}

/**
 * Agreement beyond chance: 1 - (cost of the confusions) / (their cost if both sides were independent).
 * 1 is agreement everywhere, 0 what chance gives, below 0 less.
 * Throws `invalid-data` for unequal lengths, empty lists, weights that are none, or a single class on both sides,
 * for which kappa is 0 / 0.
 * Source: Cohen (1960); weighted Cohen (1968).
 */
export function cohenKappa(yTrue: LabelsLike, yPred: LabelsLike, options: CohenKappaOptions = {}): number {
  const weights = expectOneOf("weights", options.weights ?? "none", ["none", "linear", "quadratic"]);
  if (options.labels !== undefined) expectDistinct(options.labels);
  const pairs = pairLabels(yTrue, yPred, options.labels);
  const counts = countPairs(pairs, weightsOf(options.sampleWeight, yTrue.length));
  const rows = counts.map(sumOf);
  const columns = counts.map((_, j) => sumOf(counts.map((row) => row[j] as number)));
  const n = sumOf(rows);
  let observed = 0;
  let expected = 0;
  counts.forEach((row, i) => {
    row.forEach((count, j) => {
      const distance = Math.abs(i - j);
      const cost =
        weights === "linear" ? distance : weights === "quadratic" ? distance * distance : Math.min(distance, 1);
      observed += cost * count;
      expected += (cost * (rows[i] as number) * (columns[j] as number)) / n;
    });
  });
  if (expected > 0) return 1 - observed / expected;
  const only = pairs.classes[rows.findIndex((members) => members > 0)];
  throw new VernierError(
    "invalid-data",
    `"yPred": expected at least two classes, got only ${show(only)} on both sides`,
  );
}
