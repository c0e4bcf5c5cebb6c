import { expectNumber } from "../../core/errors.ts";
import { mergeParams } from "../merge-params.ts";

/** Settings of a Gaussian naive Bayes classifier. */
export type GaussianNbParams = {
  /** Share of the largest variance of a feature that is added to every variance, >= 0. */
  readonly varSmoothing: number;
};

const defaults: GaussianNbParams = { varSmoothing: 1e-9 };

/** `base` with `changes`, checked and frozen; throws `invalid-argument` for an unknown name or a value not allowed. */
export function gaussianNbParams(
  changes: Readonly<Record<string, unknown>>,
  base: GaussianNbParams = defaults,
): Readonly<GaussianNbParams> {
  const { varSmoothing } = mergeParams("gaussianNb", changes, base);
  return Object.freeze({
    varSmoothing: expectNumber("varSmoothing", varSmoothing, "a finite number >= 0", (value) => value >= 0),
  });
}
