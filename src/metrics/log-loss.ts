import type { Label, LabelsLike } from "../core/labels.ts";
import type { MatrixLike } from "../core/matrix.ts";
import type { CoreWith } from "../wasm/core.ts";
import { defaultMath } from "../wasm/default-math.ts";
import { log } from "../wasm/math.ts";
import { codesIn } from "./paired-labels.ts";
import { probabilityClasses, toProbabilities } from "./probabilities.ts";
import { weightedMean, type WeightOptions, weightsOf } from "./sample-weight.ts";

// The spacing of doubles at 1: a certain and wrong prediction costs 36, not infinity.
const EPSILON = 2.220446049250313e-16;

export interface LogLossOptions extends WeightOptions {
  /** The classes in the order of `proba`'s columns; default those of yTrue, sorted. */
  readonly labels?: readonly Label[];
}

/**
 * Mean over the samples of -log(probability given to the true class), in nats; 0 is perfect.
 * `proba` is [n, classes]; probabilities are kept 2^-52 away from 0 and 1.
 * Throws `invalid-data` for unequal lengths, wrong columns, entries outside [0, 1], rows that do not sum
 * to 1, or a single class without `labels`.
 */
export function logLoss(yTrue: LabelsLike, proba: MatrixLike, options: LogLossOptions = {}): number {
  return logLossWith(defaultMath(), yTrue, proba, options);
}

/** `logLoss`, computed by the given core. */
export function logLossWith(
  core: CoreWith<"mathLog">,
  yTrue: LabelsLike,
  proba: MatrixLike,
  options: LogLossOptions,
): number {
  const classes = probabilityClasses(yTrue, options.labels);
  const codes = codesIn("yTrue", yTrue, classes);
  const P = toProbabilities("proba", proba, codes.length, classes);
  return weightedMean(weightsOf(options.sampleWeight, codes.length), (i) => {
    const p = P.data[i * P.cols + (codes[i] as number)] as number;
    return -log(core, Math.min(Math.max(p, EPSILON), 1 - EPSILON));
  });
}
