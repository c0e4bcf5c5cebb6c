import { expectInteger, expectOneOf, VernierError } from "../core/errors.ts";
import { takeColumns } from "../core/matrix.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { featureScores, ranked, type ScoreFunction, scoreFunctions } from "./feature-scores.ts";
import { finiteNumbers } from "./frame.ts";

export type SelectKBestParams = {
  /** How columns are scored by y: "fClassif" or "mutualInfoClassif" for classes, "fRegression" or "mutualInfoRegression" for numbers. */
  readonly score: ScoreFunction;
  /** How many columns are kept, at most as many as there are, or "all". */
  readonly k: number | "all";
};

interface SelectKBestState {
  /** The score of each training column [d]. */
  readonly scores: Float64Array;
  /** The numbers of the columns that are kept, ascending. */
  readonly kept: Int32Array;
}

export type FittedSelectKBest = FittedWith<SelectKBestParams, SelectKBestState>;

/** The k columns that alone tell most about y; of equal ones the first. */
export const selectKBest: DefinedTransform<SelectKBestParams, FittedSelectKBest> = defineTransform<
  SelectKBestParams,
  SelectKBestState
>({
  name: "selectKBest",
  defaults: { score: "fClassif", k: 10 },
  supervised: true,
  check: ({ score, k }) => ({
    score: expectOneOf("score", score, scoreFunctions),
    k: k === "all" ? k : expectInteger("k", k, 1),
  }),
  learn({ score, k }, frame, y) {
    const X = finiteNumbers(frame);
    if (k !== "all" && k > X.cols) {
      throw new VernierError("invalid-argument", `"k": expected at most ${X.cols}, the number of columns, got ${k}`);
    }
    const scores = featureScores(score, X, y);
    const kept = Int32Array.from(ranked(scores).slice(0, k === "all" ? X.cols : k)).sort();
    return { scores, kept };
  },
  names: ({ inputs, kept }) => Array.from(kept, (j) => inputs[j] as string),
  apply: ({ kept }, frame) => takeColumns(finiteNumbers(frame), kept),
});
