import { expectInteger, expectNumber, expectOneOf, show, VernierError } from "../../core/errors.ts";
import { checkClassWeight, type ClassWeight } from "../class-weight.ts";
import { mergeParams } from "../merge-params.ts";

/** Settings of a logistic regression; names and defaults are those of the field, the objective scikit-learn's. */
export type LogisticRegressionParams = {
  /** Weight of the loss against the penalty, > 0: smaller is more regularized. Without meaning for "none". */
  readonly C: number;
  readonly penalty: "l1" | "l2" | "elasticnet" | "none";
  /** Share of L1 in "elasticnet", from 0 (as "l2") to 1 (as "l1"); must be left 0 for the other penalties. */
  readonly l1Ratio: number;
  /** Whether each class has a constant term, free of penalty. */
  readonly fitIntercept: boolean;
  /** Bound for the largest subgradient entry at the solution, relative to the terms that cancel in it, > 0. */
  readonly tol: number;
  /** "balanced": every class counts alike. */
  readonly classWeight: ClassWeight;
  readonly maxIterations: number;
};

export const logisticPenalties = ["l1", "l2", "elasticnet", "none"] as const;

const defaults: LogisticRegressionParams = {
  C: 1,
  penalty: "l2",
  l1Ratio: 0,
  fitIntercept: true,
  tol: 1e-10,
  classWeight: null,
  maxIterations: 1000,
};

/** `base` with `changes`, checked and frozen; throws `invalid-argument` for an unknown name or a value not allowed. */
export function logisticParams(
  changes: Readonly<Record<string, unknown>>,
  base: LogisticRegressionParams = defaults,
): Readonly<LogisticRegressionParams> {
  const params = mergeParams("logisticRegression", changes, base);
  const penalty = expectOneOf("penalty", params.penalty, logisticPenalties);
  const l1Ratio = expectNumber("l1Ratio", params.l1Ratio, "a number from 0 to 1", (value) => value >= 0 && value <= 1);
  if (l1Ratio !== 0 && penalty !== "elasticnet") {
    const message = `"l1Ratio": expected 0 with penalty ${show(penalty)}, as only "elasticnet" uses it, got ${l1Ratio}`;
    throw new VernierError("invalid-argument", message);
  }
  return Object.freeze({
    C: expectNumber("C", params.C, "a finite number > 0", (value) => value > 0),
    penalty,
    l1Ratio,
    fitIntercept: expectOneOf("fitIntercept", params.fitIntercept, [true, false]),
    tol: expectNumber("tol", params.tol, "a finite number > 0", (value) => value > 0),
    classWeight: checkClassWeight(params.classWeight),
    maxIterations: expectInteger("maxIterations", params.maxIterations, 1, 2_147_483_647),
  });
}
