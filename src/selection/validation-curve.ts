import type { ParamValue } from "../core/distribution.ts";
import { show, VernierError } from "../core/errors.ts";
import type { Features } from "../core/table.ts";
import type { Estimator } from "../models/estimator.ts";
import { type CurveOptions, type CurvePoint, curvePoint, curveScoring } from "./learning-curve.ts";
import type { TargetsLike } from "./targets.ts";
import { foldData, trainingFolds } from "./training-folds.ts";

/** The scores by value of a setting. */
export type ValidationCurve = readonly (CurvePoint & { readonly value: ParamValue })[];

/**
 * How scores change with one setting of the estimator, on the rows that were trained on and on others.
 * Throws `invalid-argument` for a setting or value that the estimator does not know, and what `crossValidate` throws.
 */
export function validationCurve(
  estimator: Estimator<object>,
  setting: string,
  values: readonly ParamValue[],
  X: Features,
  y: TargetsLike,
  options: CurveOptions = {},
): ValidationCurve {
  if (!Array.isArray(values) || values.length === 0) {
    throw new VernierError("invalid-argument", `"values": expected a list of values, got ${show(values)}`);
  }
  const scoring = curveScoring(estimator, options);
  const folds = trainingFolds(foldData(estimator, X, y, options));
  const candidates = values.map((value) => estimator.with({ [setting]: value }));
  return candidates.map((candidate, i) => ({
    value: values[i] as ParamValue,
    ...curvePoint(candidate, folds, scoring),
  }));
}
