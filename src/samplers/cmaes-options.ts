import { expectInteger, expectNumber, expectOneOf, VernierError } from "../core/errors.ts";
import type { TrialRecord } from "../core/trial.ts";
import type { RestartStrategy } from "./cmaes-restarts.ts";

export interface CmaesOptions {
  /** Standard deviation at the start, as a part of every parameter's range; a sixth unless told otherwise. */
  readonly sigma0?: number;
  /** Where the mean starts: values by parameter name; the middle of the range (of its logarithm) for all not named. */
  readonly x0?: Readonly<Record<string, number>>;
  /** Trials in a generation, at least 4; 4 + floor(1.5 ln n) for n parameters unless told otherwise. */
  readonly population?: number;
  /**
   * Whether the parameters' covariances stay 0. Unless told otherwise so for the first 20 n trials, where there is
   * too little to learn them from, and with more than 64 parameters always.
   */
  readonly separable?: boolean;
  /** Keeps whole numbers and steps from freezing; true unless told otherwise. */
  readonly margin?: boolean;
  /**
   * What follows when a search has converged: one with twice the population (`"ipop"`, the default), or that and small
   * ones in turn (`"bipop"`), from random points; or more of the same (`"none"`).
   */
  readonly restarts?: RestartStrategy;
  /** Slows learning down to what noise or many optima allow; false unless told otherwise. */
  readonly learningRateAdaptation?: boolean;
  /** Finished trials of a similar study: the search starts from the best tenth of them, not from `x0` and `sigma0`. */
  readonly warmStart?: readonly TrialRecord[];
  /** How many trials are quasi-random points first, the best of which is then the mean; 0 unless told otherwise. */
  readonly startup?: number;
}

export interface CmaesSettings {
  readonly sigma0: number;
  readonly x0: Readonly<Record<string, number>>;
  /** Null: by the number of parameters. */
  readonly population: number | null;
  readonly separable: boolean | null;
  readonly margin: boolean;
  readonly restarts: RestartStrategy;
  readonly learningRateAdaptation: boolean;
  readonly warmStart: readonly TrialRecord[];
  readonly startup: number;
}

/** The options with defaults filled in; throws `invalid-argument` for one out of range. */
export function cmaesSettings(options: CmaesOptions): CmaesSettings {
  const { population, separable, warmStart = [], x0 = {} } = options;
  const flag = (name: "margin" | "learningRateAdaptation", otherwise: boolean): boolean =>
    expectOneOf(name, options[name] ?? otherwise, [true, false]);
  const startup = expectInteger("startup", options.startup ?? 0, 0, 0x7fffffff);
  const origins = [warmStart.length > 0, Object.keys(x0).length > 0, startup > 0].filter(Boolean).length;
  if (origins > 1) {
    const got = `${warmStart.length} trials, x0 for ${Object.keys(x0).length} parameters and startup=${startup}`;
    throw new VernierError("invalid-argument", `"cmaes": expected one of warmStart, x0 and startup, got ${got}`);
  }
  return {
    sigma0: expectNumber("sigma0", options.sigma0 ?? 1 / 6, "a number > 0 and <= 1", (s) => s > 0 && s <= 1),
    x0: { ...x0 },
    population: population === undefined ? null : expectInteger("population", population, 4, 1e6),
    separable: separable === undefined ? null : expectOneOf("separable", separable, [true, false]),
    margin: flag("margin", true),
    restarts: expectOneOf("restarts", options.restarts ?? "ipop", ["none", "ipop", "bipop"] as const),
    learningRateAdaptation: flag("learningRateAdaptation", false),
    warmStart: [...warmStart],
    startup,
  };
}
