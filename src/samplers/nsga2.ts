import { type GeneticOptions, geneticSettings } from "./genetic-options.ts";
import { geneticSearch } from "./genetic-search.ts";
import type { Sampler } from "./sampler.ts";
import { crowdedSurvivors } from "./survivors.ts";

export type Nsga2Options = GeneticOptions;

/**
 * NSGA-II, a genetic algorithm for several objectives (or one): survivors are whole non-dominated fronts and, of the
 * one that does not fit, the trials with the most room around them. Trials that keep their constraints come before
 * those that do not. Works for conditional spaces: a child has the parameters that its branches activate.
 * A crossover that leaves a range is cut off at its end, where Optuna draws again.
 *
 * Throws `invalid-argument` for options out of range.
 * Source: Deb et al., "A fast and elitist multiobjective genetic algorithm: NSGA-II" (IEEE TEVC 6, 2002), with the
 * defaults of Optuna's NSGAIISampler.
 */
export function nsga2(options: Nsga2Options = {}): Sampler {
  return geneticSearch("nsga2", geneticSettings(options), () => crowdedSurvivors);
}
