import type { LabelsLike } from "../core/labels.ts";
import { tallyClasses } from "./class-average.ts";
import { pairLabels } from "./paired-labels.ts";
import { sumOf, type WeightOptions, weightsOf } from "./sample-weight.ts";

/**
 * The correlation of true and predicted classes, -1 to 1; 0 is guessing, also where only one class is true or
 * only one predicted. Two classes or more.
 * Throws `invalid-data` for unequal lengths, empty lists or weights that are none.
 * Source: Matthews (1975); for several classes Gorodkin (2004).
 */
export function matthewsCorrelation(yTrue: LabelsLike, yPred: LabelsLike, options: WeightOptions = {}): number {
  const weights = weightsOf(options.sampleWeight, yTrue.length);
  const tallies = tallyClasses(pairLabels(yTrue, yPred), weights);
  // One class alone is told from the counts, as differences of rounded squares need not be 0.
  if (tallies.filter(({ actual }) => actual > 0).length < 2) return 0;
  if (tallies.filter(({ predicted }) => predicted > 0).length < 2) return 0;
  const n = sumOf(tallies.map(({ actual }) => actual));
  const hits = sumOf(tallies.map(({ hits }) => hits));
  const cross = sumOf(tallies.map(({ actual, predicted }) => actual * predicted));
  const spreadTrue = n * n - sumOf(tallies.map(({ actual }) => actual * actual));
  const spreadPredicted = n * n - sumOf(tallies.map(({ predicted }) => predicted * predicted));
  return (hits * n - cross) / Math.sqrt(spreadTrue * spreadPredicted);
}
