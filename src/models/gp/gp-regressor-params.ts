import { expectInteger, expectNumber, expectOneOf } from "../../core/errors.ts";
import { choice, type Space } from "../../core/space.ts";
import type { GprKernel } from "../../wasm/gpr.ts";
import { mergeParams } from "../merge-params.ts";

const kernels = ["matern52", "rbf"] as const satisfies readonly GprKernel[];
const optimizers = ["map", "ml", "none"] as const;

/** Settings of Gaussian process regression. Variances are in the units of y, or, with `normalizeY`, of its variance. */
export type GpRegressorParams = {
  /** "matern52": (1 + s + s^2 / 3) exp(-s), s = sqrt(5) r; "rbf": exp(-r^2 / 2); r the distance in length scales. */
  readonly kernel: GprKernel;
  /** Whether every column has a length scale of its own. */
  readonly ard: boolean;
  /**
   * How length scales, amplitude and noise are found: "map": those of most posterior probability; "ml": of most
   * likelihood; "none": as given here. The others start from what is given.
   */
  readonly optimizer: (typeof optimizers)[number];
  /**
   * A number > 0 for all columns, or "scale": sqrt(d) standard deviations of each column, without `ard` of all entries
   * about their columns' means.
   */
  readonly lengthScale: number | "scale";
  /** Variance of the function, > 0. */
  readonly amplitude: number;
  /** Variance of the noise, > 0. */
  readonly noise: number;
  /** Whether y is taken in its standard deviations from its mean. */
  readonly normalizeY: boolean;
  /** Starts of the search beside the given one, drawn around it; a whole number from 0 to 1000. */
  readonly nRestarts: number;
  /** Of the drawn starts; a whole number >= 0. */
  readonly seed: number;
};

const defaults: GpRegressorParams = {
  kernel: "matern52",
  ard: true,
  optimizer: "map",
  lengthScale: "scale",
  amplitude: 1,
  noise: 0.01,
  normalizeY: true,
  nRestarts: 1,
  seed: 0,
};

/** `base` with `changes`, checked and frozen; throws `invalid-argument` for an unknown name or a value not allowed. */
export function gpRegressorParams(
  changes: Readonly<Record<string, unknown>>,
  base: GpRegressorParams = defaults,
): Readonly<GpRegressorParams> {
  const params = mergeParams("gpRegressor", changes, base);
  const positive = (name: "amplitude" | "noise"): number =>
    expectNumber(name, params[name], "a finite number > 0", (value) => value > 0);
  return Object.freeze({
    kernel: expectOneOf("kernel", params.kernel, kernels),
    ard: expectOneOf("ard", params.ard, [true, false]),
    optimizer: expectOneOf("optimizer", params.optimizer, optimizers),
    lengthScale: checkLengthScale(params.lengthScale),
    amplitude: positive("amplitude"),
    noise: positive("noise"),
    normalizeY: expectOneOf("normalizeY", params.normalizeY, [true, false]),
    nRestarts: expectInteger("nRestarts", params.nRestarts, 0, 1000),
    seed: expectInteger("seed", params.seed, 0),
  });
}

/** The kernel, and whether columns have length scales of their own; the rest is fitted. */
export function gpRegressorSpace(): Space {
  return { kernel: choice([...kernels]), ard: choice([true, false]) };
}

function checkLengthScale(value: unknown): GpRegressorParams["lengthScale"] {
  if (value === "scale") return value;
  return expectNumber("lengthScale", value, 'a finite number > 0 or "scale"', (length) => length > 0);
}
