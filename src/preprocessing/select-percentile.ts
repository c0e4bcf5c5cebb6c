import { expectNumber, expectOneOf } from "../core/errors.ts";
import { takeColumns } from "../core/matrix.ts";
import { float } from "../core/space.ts";
import { quantile } from "./column-statistics.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { featureScores, type ScoreFunction, scoreFunctions } from "./feature-scores.ts";
import { finiteNumbers } from "./frame.ts";

export type SelectPercentileParams = {
  /** How columns are scored by y: "fClassif" or "mutualInfoClassif" for classes, "fRegression" or "mutualInfoRegression" for numbers. */
  readonly score: ScoreFunction;
  /** How much of the columns is kept, 0 < percentile <= 100. */
  readonly percentile: number;
};

interface SelectPercentileState {
  /** The score of each training column [d]. */
  readonly scores: Float64Array;
  /** The numbers of the columns that are kept, ascending. */
  readonly kept: Int32Array;
}

export type FittedSelectPercentile = FittedWith<SelectPercentileParams, SelectPercentileState>;

/**
 * The columns whose scores are above the percentile of all; of those on it the first, as far as the share goes.
 * At least one column is kept.
 */
export const selectPercentile: DefinedTransform<SelectPercentileParams, FittedSelectPercentile> = defineTransform<
  SelectPercentileParams,
  SelectPercentileState
>({
  name: "selectPercentile",
  defaults: { score: "fClassif", percentile: 10 },
  supervised: true,
  check: ({ score, percentile }) => ({
    score: expectOneOf("score", score, scoreFunctions),
    percentile: expectNumber(
      "percentile",
      percentile,
      "a percentage in (0, 100]",
      (value) => value > 0 && value <= 100,
    ),
  }),
  space: () => ({ percentile: float(1, 100) }),
  learn({ score, percentile }, frame, y) {
    const scores = featureScores(score, finiteNumbers(frame), y);
    const known = scores.map((value) => (Number.isNaN(value) ? -Number.MAX_VALUE : Math.min(value, Number.MAX_VALUE)));
    const bound = quantile(known.slice().sort(), 1 - percentile / 100);
    const columns = [...known.keys()];
    const above = columns.filter((j) => (known[j] as number) > bound);
    const room = Math.max(Math.floor((scores.length * percentile) / 100), 1) - above.length;
    const on = columns.filter((j) => known[j] === bound).slice(0, Math.max(room, 0));
    return { scores, kept: Int32Array.from([...above, ...on]).sort() };
  },
  names: ({ inputs, kept }) => Array.from(kept, (j) => inputs[j] as string),
  apply: ({ kept }, frame) => takeColumns(finiteNumbers(frame), kept),
});
