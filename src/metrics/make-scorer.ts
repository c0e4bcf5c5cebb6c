import { expectOneOf, show, VernierError } from "../core/errors.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";
import type { ValuesLike } from "./paired-values.ts";
import type { Scorer } from "./scorer.ts";

interface Named {
  /** Stands in messages and in the record of a search, which a continued one must share. */
  readonly name: string;
  /** Default true; false for a loss, whose negative then is the score. */
  readonly greaterIsBetter?: boolean;
}

/** A function of true and predicted, and what it is to be given. */
export type ScorerDefinition = Named &
  (
    | { readonly needs: "labels"; readonly score: (yTrue: LabelsLike, predicted: LabelsLike) => number }
    | { readonly needs: "values"; readonly score: (yTrue: ValuesLike, predicted: Float64Array) => number }
    | {
        readonly needs: "probabilities";
        readonly score: (yTrue: LabelsLike, proba: Matrix, classes: readonly Label[]) => number;
      }
    | {
        readonly needs: "ranking";
        readonly score: (yTrue: LabelsLike, scores: Float64Array | Matrix, classes: readonly Label[]) => number;
      }
  );

/**
 * A scorer for searches and cross-validation from a plain function:
 * `makeScorer({ name: "f2", needs: "labels", score: (yTrue, yPred) => fBeta(yTrue, yPred, { beta: 2 }) })`.
 * Throws `invalid-argument` for an empty name, an unknown `needs` or a score that is no function.
 */
export function makeScorer(definition: ScorerDefinition): Scorer {
  const { name, score, greaterIsBetter = true } = definition;
  if (typeof name !== "string" || name === "") {
    throw new VernierError("invalid-argument", `"name": expected the score's name, got ${show(name)}`);
  }
  const needs = expectOneOf("needs", definition.needs, ["labels", "probabilities", "ranking", "values"]);
  if (typeof score !== "function") {
    throw new VernierError(
      "invalid-argument",
      `"score": expected a function of true and predicted, got ${show(score)}`,
    );
  }
  const given = score as (yTrue: never, predicted: never, classes: never) => number;
  const signed: typeof given = greaterIsBetter ? given : (...all) => -given(...all);
  return Object.freeze({ name, needs, score: signed }) as Scorer;
}
