import type { Label, LabelsLike } from "../core/labels.ts";
import type { Matrix } from "../core/matrix.ts";
import type { ValuesLike } from "./paired-values.ts";

/** A score of which greater is better, and what it is computed from. */
export type Scorer =
  | {
      readonly name: string;
      /** The predicted classes. */
      readonly needs: "labels";
      score(yTrue: LabelsLike, predicted: LabelsLike): number;
    }
  | {
      readonly name: string;
      /** Class probabilities [n, classes]. */
      readonly needs: "probabilities";
      score(yTrue: LabelsLike, proba: Matrix, classes: readonly Label[]): number;
    }
  | {
      readonly name: string;
      /** For two classes a list of numbers [n] that grow with the second class's odds; for more, probabilities. */
      readonly needs: "ranking";
      score(yTrue: LabelsLike, scores: Float64Array | Matrix, classes: readonly Label[]): number;
    }
  | {
      readonly name: string;
      /** A regressor's predictions [n]. */
      readonly needs: "values";
      score(yTrue: ValuesLike, predicted: Float64Array): number;
    };
