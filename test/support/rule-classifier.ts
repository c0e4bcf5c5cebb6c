import type { Label } from "../../src/core/labels.ts";
import { type Matrix, toMatrix } from "../../src/core/matrix.ts";
import type { Features } from "../../src/core/table.ts";
import type { Classifier, FittedClassifier } from "../../src/models/estimator.ts";

interface Rule {
  readonly classes: readonly Label[];
  readonly predict: (row: Float64Array) => Label;
  readonly proba?: (row: Float64Array) => readonly number[];
  readonly decision?: (row: Float64Array) => readonly number[];
}

/** A model that learns nothing and answers by rule; `fitted` collects what it was trained on. */
export function ruleClassifier(
  rule: Rule,
  fitted: { readonly X: Matrix; readonly y: readonly Label[] }[] = [],
): Classifier<object> {
  const rowsOf = (X: Features): Float64Array[] => {
    const { data, rows, cols } = toMatrix(X as Matrix);
    return Array.from({ length: rows }, (_, i) => data.subarray(i * cols, (i + 1) * cols));
  };
  const table = (rows: readonly (readonly number[])[]): Matrix => toMatrix(rows);
  const { proba, decision } = rule;
  return {
    name: "rule",
    task: "classification",
    params: {},
    with: () => ruleClassifier(rule, fitted),
    fit(X, y): FittedClassifier {
      fitted.push({ X: toMatrix(X as Matrix), y: Array.from<Label>(y) });
      return {
        classes: rule.classes,
        features: toMatrix(X as Matrix).cols,
        predict: (X) => rowsOf(X).map(rule.predict),
        decisionFunction: (X) => table(rowsOf(X).map((row) => decision?.(row) ?? [0])),
        ...(proba === undefined ? {} : { predictProba: (X: Features) => table(rowsOf(X).map(proba)) }),
      };
    },
  };
}
