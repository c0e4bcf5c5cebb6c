import type { Label } from "../../src/core/labels.ts";
import { type Matrix, type MatrixLike, toMatrix } from "../../src/core/matrix.ts";
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
  const rowsOf = (X: MatrixLike): Float64Array[] => {
    const { data, rows, cols } = toMatrix(X);
    return Array.from({ length: rows }, (_, i) => data.subarray(i * cols, (i + 1) * cols));
  };
  const table = (rows: readonly (readonly number[])[]): Matrix => toMatrix(rows);
  const { proba, decision } = rule;
  return {
    name: "rule",
    params: {},
    with: () => ruleClassifier(rule, fitted),
    fit(X, y): FittedClassifier {
      fitted.push({ X: toMatrix(X), y: Array.from<Label>(y) });
      return {
        classes: rule.classes,
        features: toMatrix(X).cols,
        predict: (X) => rowsOf(X).map(rule.predict),
        decisionFunction: (X) => table(rowsOf(X).map((row) => decision?.(row) ?? [0])),
        ...(proba === undefined ? {} : { predictProba: (X: MatrixLike) => table(rowsOf(X).map(proba)) }),
      };
    },
  };
}
