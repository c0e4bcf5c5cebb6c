import { show, VernierError } from "../core/errors.ts";
import { type LazyPart, lazyPart } from "../core/lazy-part.ts";
import { type GpOptions, gpSettings } from "./gp-options.ts";
import type { gpSuggest } from "./gp-suggest.ts";
import { qmc } from "./qmc.ts";
import type { Sampler } from "./sampler.ts";
import { withoutRepeats } from "./without-repeats.ts";

export type { GpOptions } from "./gp-options.ts";

/** What `gp` is made of. */
export const gpPart: LazyPart<typeof gpSuggest> = lazyPart(
  "gp",
  async () => (await import("./gp-suggest.ts")).gpSuggest,
  "call provideSurrogate() of vernier/surrogate",
);

/**
 * Bayesian optimization: a Gaussian process is fitted to the trials, and the next one is where it expects the largest
 * improvement (by the logarithm of that, Ament et al., NeurIPS 2023).
 *
 * The kernel measures numbers by their distance, stepped ones at their steps, choices as same or different, and
 * parameters of a branch only where it is taken; hyperparameters are those of the largest posterior, outputs and inputs
 * are warped as far as the trials ask for it. The improvement is counted from the best predicted value at a trial. Trials under way
 * count as if they had come out as predicted. With constraints (under Optuna's keys, at most 0 where they hold) the
 * improvement is weighted with the probability that they hold, and so it is with that of not failing once trials fail.
 * With more than 20 parameters or 300 trials the search keeps to a trust region (Eriksson et al., NeurIPS 2019) and its
 * last 256 trials.
 *
 * With several objectives each has a Gaussian process of its own, independent of the others, and what is expected is the
 * hypervolume that a trial adds to the front of the values predicted at the trials so far (Daulton et al., NeurIPS 2020;
 * exact, over the disjoint boxes that the front leaves). Volumes are those of the standardised outputs, warped a little
 * at most. The reference point lies a tenth of the outputs' range beyond the worst of the front, so that the gaps
 * between its ends are filled, and every other trial beyond the worst of all, so that its ends move. A front that leaves
 * more than 1,000 boxes (from about 90 points with four objectives, 30 with five) counts by its points that dominate the
 * most. The trust region lies around the one of these that dominates the most; its model is made of the last 256 trials
 * and up to 64 earlier ones of the front.
 *
 * Its code is loaded by `import()` once a first trial has ended; `vernier/surrogate` says how to do without.
 *
 * Throws `invalid-argument` for options out of range and, when the study is created, `unsupported` for an acquisition
 * function other than "logEI" with several objectives.
 */
export function gp(options: GpOptions = {}): Sampler {
  const settings = gpSettings(options);
  const startup = qmc();
  let suggest: Sampler["suggest"] | null = null;
  const sampler: Sampler = {
    name: "gp",
    check(_space, { length }) {
      if (length === 1 || settings.acquisition === "logEI") return;
      const expected = 'expected "logEI" with several objectives';
      throw new VernierError("unsupported", `"acquisition": ${expected}, got ${show(settings.acquisition)}`);
    },
    prepare: ({ history }) => (history.length === 0 ? undefined : gpPart.load()),
    suggest(core, input) {
      if (input.history.length === 0) return startup.suggest(core, input);
      suggest ??= gpPart.get()(settings, startup);
      return suggest(core, input);
    },
  };
  return settings.repeats ? sampler : { ...withoutRepeats(sampler), name: "gp" };
}
