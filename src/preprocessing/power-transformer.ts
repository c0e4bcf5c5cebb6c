import { expectOneOf, VernierError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import { defaultModels } from "../wasm/default-models.ts";
import { type PowerMethod, powerInvert, powerTransform, withPowerLoss } from "../wasm/power.ts";
import { brentMinimum } from "./brent.ts";
import { counts, isConstant, mapColumns, means, scaleOf, sortedColumn, variances } from "./column-statistics.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";
import { numbers } from "./frame.ts";

export type PowerTransformerParams = {
  /** "boxCox" takes numbers > 0 alone. */
  readonly method: PowerMethod;
  /** Whether transformed columns get mean 0 and standard deviation 1. */
  readonly standardize: boolean;
};

interface PowerTransformerState {
  /** The exponent of each column [d]; 1, which changes nothing, for a constant one. */
  readonly lambdas: Float64Array;
  /** Mean and divisor of each transformed training column [d]; 0 and 1 without `standardize`. */
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

export type FittedPowerTransformer = FittedWith<PowerTransformerParams, PowerTransformerState>;

/**
 * Columns made as nearly normal as a power can, by maximum likelihood. Missing values stay missing and count for
 * nothing. Method: Yeo & Johnson (2000), Box & Cox (1964).
 */
export const powerTransformer: DefinedTransform<PowerTransformerParams, FittedPowerTransformer> = defineTransform<
  PowerTransformerParams,
  PowerTransformerState
>({
  name: "powerTransformer",
  defaults: { method: "yeoJohnson", standardize: true },
  check: ({ method, standardize }) => ({
    method: expectOneOf("method", method, ["yeoJohnson", "boxCox"]),
    standardize: expectOneOf("standardize", standardize, [true, false]),
  }),
  learn({ method, standardize }, frame) {
    const core = defaultModels();
    const X = suited(method, numbers(frame), frame.names);
    const n = counts(X);
    const mean = means(X);
    const lambdas = variances(X, mean).map((variance, j) => {
      if (n[j] === 0 || isConstant(variance, mean[j] as number, n[j] as number)) return 1;
      return withPowerLoss(core, method, sortedColumn(X, j), (loss) => brentMinimum(loss, -2, 2));
    });
    if (!standardize) {
      return { lambdas, mean: new Float64Array(X.cols), scale: new Float64Array(X.cols).fill(1) };
    }
    const Z = powerTransform(core, method, X, lambdas);
    const center = means(Z);
    const scale = variances(Z, center).map((variance, j) => {
      if (isConstant(variance, center[j] as number, n[j] as number)) return 1;
      return scaleOf(Math.sqrt(variance));
    });
    return { lambdas, mean: center, scale };
  },
  apply({ params: { method }, inputs, lambdas, mean, scale }, frame) {
    const Z = powerTransform(defaultModels(), method, suited(method, numbers(frame), inputs), lambdas);
    return mapColumns(Z, (z, j) => (z - (mean[j] as number)) / (scale[j] as number));
  },
  invert({ params: { method }, lambdas, mean, scale }, frame) {
    const Z = mapColumns(numbers(frame), (z, j) => z * (scale[j] as number) + (mean[j] as number));
    return powerInvert(defaultModels(), method, Z, lambdas);
  },
});

function suited(method: PowerMethod, X: Matrix, names: readonly string[]): Matrix {
  const odd = method === "boxCox" ? X.data.findIndex((x) => x <= 0) : -1;
  if (odd < 0) return X;
  const place = `row ${Math.floor(odd / X.cols)}, column ${names[odd % X.cols]}`;
  throw new VernierError("invalid-data", `"X": expected numbers > 0 for "boxCox", got ${X.data[odd]} in ${place}`);
}
