import { lossesOf } from "../core/pareto.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import type { GeneticSettings } from "./genetic-options.ts";
import { offspring } from "./offspring.ts";
import { foldHistory, memoOfSpace } from "./prefix-memo.ts";
import type { Sampler } from "./sampler.ts";
import type { SelectSurvivors, Survivor } from "./survivors.ts";

interface Generations {
  elite: readonly Survivor[];
  /** Complete trials since. */
  newborn: TrialRecord[];
}

/**
 * An elitist genetic algorithm whose generations are read off the history: every `population` complete trials, by
 * number, compete with the elite of those before, and who survives is the next elite. The first generation is
 * drawn at random. Trials that failed or were pruned do not count, nor values that are not numbers.
 */
export function geneticSearch(
  name: string,
  settings: GeneticSettings,
  survivorsFor: (objectives: number) => SelectSurvivors,
  check?: Sampler["check"],
): Sampler {
  const generationsOf = memoOfSpace((_, directions) => {
    const select = survivorsFor(directions.length);
    return foldHistory<Generations>(
      () => ({ elite: [], newborn: [] }),
      (generations, trial) => {
        if (!isEvaluated(trial, directions)) return;
        generations.newborn.push(trial);
        if (generations.newborn.length < settings.population) return;
        const candidates = [...generations.elite.map(({ trial }) => trial), ...generations.newborn];
        const losses = candidates.map((trial) => lossesOf(trial.values as readonly number[], directions));
        generations.elite = select(candidates, losses, settings.population);
        generations.newborn = [];
      },
    );
  });
  return {
    name,
    ...(check === undefined ? {} : { check }),
    suggest(core, input) {
      // Generations do not depend on the space, which may change from trial to trial.
      const { elite } = generationsOf([], input.directions)(input.history);
      return offspring(core, input, elite, settings, name);
    },
  };
}

function isEvaluated({ state, values }: TrialRecord, directions: readonly Direction[]): boolean {
  if (state !== "complete" || values === null) return false;
  return values.length === directions.length && !values.some(Number.isNaN);
}
