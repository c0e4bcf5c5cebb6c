import { expectInteger, expectNumber, VernierError } from "../core/errors.ts";
import { defaultGamma, defaultWeights } from "./tpe-weights.ts";

/** Every default is Optuna 5's. */
export interface TpeOptions {
  /** Trials drawn at random before the first suggestion; default 10. */
  readonly nStartupTrials?: number;
  /** Candidates drawn for a suggestion; default 24. */
  readonly nEiCandidates?: number;
  /** How many of n trials count as good; default min(ceil(n / 10), 25). */
  readonly gamma?: (n: number) => number;
  /** Weights of n trials, oldest first; default 1 for the last 25 and a ramp from 1 / n to 1 before.
   * With several objectives the good trials have equal ones. */
  readonly weights?: (n: number) => ArrayLike<number>;
  /** Draws the parameters that all trials have together, not one by one; default true. */
  readonly multivariate?: boolean;
  /** Draws conditional parameters together as well, those of a branch as a group of their own; default false. */
  readonly group?: boolean;
  /** Counts trials under way among the bad ones, so that parallel trials keep apart; default true. */
  readonly constantLiar?: boolean;
  /** Weight of the prior beside the trials' weights; default 1. */
  readonly priorWeight?: number;
  /** Keeps bandwidths above a hundredth of the range, with fewer than 98 trials above 1 / (n + 2); default true. */
  readonly considerMagicClip?: boolean;
  /** Counts the range's ends as neighbors of the outermost trials when bandwidths are set; default false. */
  readonly considerEndpoints?: boolean;
}

export type TpeSettings = Required<TpeOptions>;

/** The options with defaults filled in; throws `invalid-argument` for one out of range. */
export function tpeSettings(options: TpeOptions): TpeSettings {
  const settings: TpeSettings = {
    nStartupTrials: expectInteger("nStartupTrials", options.nStartupTrials ?? 10, 0),
    nEiCandidates: expectInteger("nEiCandidates", options.nEiCandidates ?? 24, 1, 1e6),
    gamma: options.gamma ?? defaultGamma,
    weights: options.weights ?? defaultWeights,
    multivariate: options.multivariate ?? true,
    group: options.group ?? false,
    constantLiar: options.constantLiar ?? true,
    priorWeight: expectNumber("priorWeight", options.priorWeight ?? 1, "a finite number >= 0", (value) => value >= 0),
    considerMagicClip: options.considerMagicClip ?? true,
    considerEndpoints: options.considerEndpoints ?? false,
  };
  if (settings.group && !settings.multivariate) {
    throw new VernierError("invalid-argument", '"group": expected multivariate with group, got multivariate=false');
  }
  return settings;
}
