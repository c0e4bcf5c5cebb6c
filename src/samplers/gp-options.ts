import { expectInteger, expectOneOf } from "../core/errors.ts";

export interface GpOptions {
  /** Trials at Sobol points before the first suggestion; default min(10, 2 (d + 1)) for d parameters. */
  readonly nStartupTrials?: number;
  /**
   * "anova" (the default): effects of single parameters, of pairs and so on, weighted by what the trials show;
   * "matern52" and "rbf": one distance over all parameters. Each with a length scale for every parameter.
   */
  readonly kernel?: "anova" | "matern52" | "rbf";
  /** Whether the outputs are warped by a shifted logarithm as far as the trials ask for it; default true. */
  readonly warp?: boolean;
  /**
   * Whether numbers may be warped (Kumaraswamy's distribution function), as one that matters by its order of magnitude and
   * is given on a linear scale asks for; default true: where that explains 16, 32, 64, ... trials so much better that it is
   * worth two more hyperparameters for each.
   */
  readonly inputWarp?: boolean;
  /** Whether the objective gives the same value whenever it is evaluated at a point; default false: noise is fitted. */
  readonly deterministic?: boolean;
  /**
   * What is maximized:
   * - "logEI" (the default): the logarithm of the expected improvement on the best predicted value at a trial; with several
   *   objectives of that of the hypervolume, and the others are refused;
   * - "logNEI": the logarithm of the expected improvement on the best true value at a trial, which noise hides, as a mean
   *   over draws of these values (Letham et al. 2019); the same as "logEI" where no noise is seen;
   * - "logPI": the logarithm of the probability of improvement;
   * - "lowerBound": minus the lower confidence bound two standard deviations below the mean;
   * - "ensemble": a Pareto optimum of logEI, logPI and the lower bound, another at each trial, after Lyu et al.'s MACE (2018).
   */
  readonly acquisition?: "logEI" | "logNEI" | "logPI" | "lowerBound" | "ensemble";
  /**
   * Whether a point of a discrete space may be tried again, which tells more where values are noisy; default true. With
   * false nothing is suggested once all have been tried, and the study ends.
   */
  readonly repeats?: boolean;
}

export interface GpSettings extends Required<Omit<GpOptions, "nStartupTrials">> {
  /** null: by the number of parameters. */
  readonly nStartupTrials: number | null;
}

/** The options with defaults filled in; throws `invalid-argument` for one out of range. */
export function gpSettings(options: GpOptions): GpSettings {
  const { nStartupTrials } = options;
  return {
    nStartupTrials: nStartupTrials === undefined ? null : expectInteger("nStartupTrials", nStartupTrials, 1),
    kernel: expectOneOf("kernel", options.kernel ?? "anova", ["anova", "matern52", "rbf"]),
    warp: expectOneOf("warp", options.warp ?? true, [true, false]),
    inputWarp: expectOneOf("inputWarp", options.inputWarp ?? true, [true, false]),
    deterministic: expectOneOf("deterministic", options.deterministic ?? false, [true, false]),
    acquisition: expectOneOf("acquisition", options.acquisition ?? "logEI", [
      "logEI",
      "logNEI",
      "logPI",
      "lowerBound",
      "ensemble",
    ]),
    repeats: expectOneOf("repeats", options.repeats ?? true, [true, false]),
  };
}
