import { expectInteger, expectNumber } from "../core/errors.ts";
import { type Crossover, type CrossoverOptions, type CrossoverType, crossoverOf } from "./crossover.ts";

/** Every default is Optuna 5's. */
export interface GeneticOptions {
  /** Complete trials of a generation, and the most that survive one; at least 2 (3 for spx and undx), default 50. */
  readonly population?: number;
  /** Probability that a parameter of a child is drawn anew from its prior; default 1 / number of parameters. */
  readonly mutationProb?: number;
  /** How numbers are crossed: "uniform" (default), "blxAlpha", "sbx", "vsbx", "spx", "undx", or one with options. */
  readonly crossover?: CrossoverType | CrossoverOptions;
  /** Probability that a child has several parents, not one; default 0.9. */
  readonly crossoverProb?: number;
  /** Probability that a parameter that is not computed comes from the other parent; default 0.5. */
  readonly swappingProb?: number;
}

export interface GeneticSettings {
  readonly population: number;
  /** null: by the number of parameters. */
  readonly mutationProb: number | null;
  readonly crossover: Crossover;
  readonly crossoverProb: number;
  readonly swappingProb: number;
}

/** The options with defaults filled in; throws `invalid-argument` for one out of range. */
export function geneticSettings(options: GeneticOptions): GeneticSettings {
  const crossover = crossoverOf(options.crossover ?? "uniform");
  return {
    population: expectInteger("population", options.population ?? 50, crossover.parents),
    mutationProb: options.mutationProb === undefined ? null : probability("mutationProb", options.mutationProb),
    crossover,
    crossoverProb: probability("crossoverProb", options.crossoverProb ?? 0.9),
    swappingProb: probability("swappingProb", options.swappingProb ?? 0.5),
  };
}

function probability(name: string, value: number): number {
  return expectNumber(name, value, "a number from 0 to 1", (it) => it >= 0 && it <= 1);
}
