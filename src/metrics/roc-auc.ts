import { expectOneOf, VernierError } from "../core/errors.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import { sumOf, type WeightOptions } from "./sample-weight.ts";
import {
  column,
  expectMembers,
  type RankedSamples,
  type ScoredClasses,
  type ScoresLike,
  scoredClasses,
} from "./scores.ts";
import { thresholdCounts } from "./threshold-counts.ts";

export interface RocAucOptions extends WeightOptions {
  /** For more than two classes: each against the rest (default), or every pair; the mean of all. */
  readonly multiclass?: "ovr" | "ovo";
  /** The mean of all alike (default "macro"), or weighted by the samples of the class, or of the pair. */
  readonly average?: "macro" | "weighted";
  /** The classes in the order of the scores' columns; default those of yTrue, sorted. */
  readonly labels?: readonly Label[];
}

/**
 * Area under the receiver operating characteristic: the chance that a random positive sample scores above a
 * random negative one, ties counted half. 0.5 is guessing, 1 a perfect order.
 *
 * Two classes: `scores` is a list of any finite numbers [n], larger for the second class in sorted order, or
 * probabilities [n, 2]. More: probabilities [n, classes], and the average of `multiclass`.
 * Throws `invalid-data` for unequal lengths, wrong columns, a class without samples, or entries that are not
 * probabilities where those are needed; `unsupported` for weights with pairs of classes.
 * Method: rank sums (Mann and Whitney 1947); pairs as in Hand and Till (2001).
 */
export function rocAuc(yTrue: LabelsLike, scores: ScoresLike, options: RocAucOptions = {}): number {
  const multiclass = expectOneOf("multiclass", options.multiclass ?? "ovr", ["ovr", "ovo"]);
  const average = expectOneOf<"macro" | "weighted">("average", options.average ?? "macro", ["macro", "weighted"]);
  const scored = scoredClasses(yTrue, scores, options.labels, options.sampleWeight);
  expectMembers(scored.classes, scored.sizes);
  if (scored.classes.length === 2) return areaOf(scored.against(1));
  if (multiclass === "ovr") {
    return averageOf(
      scored.classes.map((_, k) => areaOf(scored.against(k))),
      average,
      scored.sizes,
    );
  }
  if (options.sampleWeight === undefined) return oneVsOne(scored, average);
  throw new VernierError("unsupported", '"sampleWeight": expected none with multiclass "ovo", got weights');
}

/** The mean of figures, all alike or by the sizes. */
export function averageOf(figures: readonly number[], average: "macro" | "weighted", sizes: readonly number[]): number {
  if (average === "macro") return sumOf(figures) / figures.length;
  return sumOf(figures.map((figure, k) => figure * (sizes[k] as number))) / sumOf(sizes);
}

// Each pair of classes among its own samples, once by either class's column.
function oneVsOne({ classes, codes, sizes, P }: ScoredClasses, average: "macro" | "weighted"): number {
  const areas: number[] = [];
  const members: number[] = [];
  for (let a = 0; a < classes.length; a++) {
    for (let b = a + 1; b < classes.length; b++) {
      const rows = [...codes.keys()].filter((i) => codes[i] === a || codes[i] === b);
      const weights = new Float64Array(rows.length).fill(1);
      let sum = 0;
      for (const positive of [a, b]) {
        const all = column(P as NonNullable<typeof P>, positive);
        const scores = rows.map((i) => all[i] as number);
        sum += areaOf({ scores, isPositive: (i) => codes[rows[i] as number] === positive, weights });
      }
      areas.push(sum / 2);
      members.push((sizes[a] as number) + (sizes[b] as number));
    }
  }
  return averageOf(areas, average, members);
}

// Unweighted counts are whole and half numbers, exact up to 2^53: the area's only rounding is the division.
function areaOf(samples: RankedSamples): number {
  const { truePositives, falsePositives } = thresholdCounts(samples);
  let area = 0;
  let hits = 0;
  let alarms = 0;
  for (let t = 0; t < truePositives.length; t++) {
    const [nextHits, nextAlarms] = [truePositives[t] as number, falsePositives[t] as number];
    area += ((nextAlarms - alarms) * (nextHits + hits)) / 2;
    hits = nextHits;
    alarms = nextAlarms;
  }
  return area / (hits * alarms);
}
