import { expectInteger, expectOneOf } from "../../core/errors.ts";
import { checkClassWeight, type ClassWeight } from "../class-weight.ts";
import { mergeParams } from "../merge-params.ts";
import { checkSvmParams, svmDefaults, type SvmParams } from "./svm-params.ts";

/** Settings of a support vector classifier; names and defaults are those of scikit-learn's SVC and LIBSVM. */
export type SvcParams = SvmParams & {
  /** "balanced": every class counts alike. */
  readonly classWeight: ClassWeight;
  /** Whether `predictProba` is wanted, which takes five more fits a pair of classes. */
  readonly probability: boolean;
  /** Of the folds that these fits are made on. */
  readonly seed: number;
};

const defaults: SvcParams = { ...svmDefaults, classWeight: null, probability: false, seed: 0 };

/** `base` with `changes`, checked and frozen; throws `invalid-argument` for an unknown name or a value not allowed. */
export function svcParams(changes: Readonly<Record<string, unknown>>, base: SvcParams = defaults): Readonly<SvcParams> {
  const params = mergeParams("svc", changes, base);
  return Object.freeze({
    ...checkSvmParams(params),
    classWeight: checkClassWeight(params.classWeight),
    probability: expectOneOf("probability", params.probability, [true, false]),
    seed: expectInteger("seed", params.seed, 0),
  });
}
