import type { Label, LabelsLike } from "../../src/core/labels.ts";
import { type Matrix, toMatrix } from "../../src/core/matrix.ts";
import type { Features } from "../../src/core/table.ts";
import type { Classifier } from "../../src/models/estimator.ts";

interface ThresholdParams {
  readonly threshold: number;
  readonly mode: "works" | "throws";
}

/** Says "b" where the first column is above the threshold: a model whose scores are known beforehand. */
export function thresholdClassifier(
  params: ThresholdParams = { threshold: 0, mode: "works" },
  fits: { count: number } = { count: 0 },
): Classifier<ThresholdParams> & { readonly fits: { count: number } } {
  return {
    name: "threshold",
    task: "classification",
    params,
    fits,
    with: (changes) => thresholdClassifier({ ...params, ...(changes as Partial<ThresholdParams>) }, fits),
    fit(X: Features, _y: LabelsLike) {
      fits.count += 1;
      if (params.mode === "throws") throw new RangeError("does not fit");
      const { cols } = toMatrix(X as Matrix);
      const column = (rows: Features): number[] => {
        const { data, rows: n } = toMatrix(rows as Matrix);
        return Array.from({ length: n }, (_, i) => data[i * cols] as number);
      };
      return {
        classes: ["a", "b"],
        features: cols,
        predict: (rows): Label[] => column(rows).map((value) => (value > params.threshold ? "b" : "a")),
        decisionFunction: (rows) => {
          const data = Float64Array.from(column(rows), (value) => value - params.threshold);
          return { data, rows: data.length, cols: 1 };
        },
      };
    },
  };
}
