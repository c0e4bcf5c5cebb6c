import {
  allOf,
  anyOf,
  costBudget,
  createStudy,
  type Direction,
  float,
  hyperband,
  int,
  median,
  nonDominatedRank,
  nop,
  patience,
  patient,
  percentile,
  type Pruner,
  random,
  regretBound,
  stagnation,
  type StoppingRule,
  successiveHalving,
  target,
  threshold,
  TrialPruned,
  tpe,
  wilcoxon,
} from "vernier";
import type { Results } from "./digest.ts";

const space = { a: float(-1, 1), b: float(1e-3, 1, { log: true }), n: int(1, 9) };

/** The value after each of nine steps: falling to what the parameters are worth, with a wobble. */
function curve({ a, b, n }: { a: number; b: number; n: number }, step: number): number {
  const end = (a - 0.3) ** 2 + (b - 0.2) ** 2 + (n - 6) ** 2 / 50;
  return end + (1 + n / 9) / (step + 1) + ((step * 7 + n * 3) % 5) / 40;
}

function pruned(pruner: Pruner, directions: readonly Direction[] = ["minimize"]): () => Promise<string> {
  return async () => {
    const study = await createStudy({ space, directions, pruner, sampler: tpe(), seed: 4 });
    await study.optimize(
      async (params, trial) => {
        for (let step = 0; step < 9; step++) {
          const value = curve(params, step);
          trial.report(directions.length === 1 ? value : [value, step - value], step);
          if (await trial.shouldPrune()) throw new TrialPruned();
        }
        return directions.length === 1 ? curve(params, 9) : [curve(params, 9), params.b];
      },
      { trials: 60, lag: 2 },
    );
    return study.digest();
  };
}

/** Why and where a search stops by the rule, and its digest. */
function stopped(rule: StoppingRule): () => Promise<unknown> {
  return async () => {
    const study = await createStudy({ space, sampler: random(), seed: 4 });
    await study.optimize(
      (params, trial) => {
        trial.setUserAttr("cost", params.n);
        return curve(params, 9);
      },
      { trials: 60, lag: 1, stop: [rule] },
    );
    return [study.stopReason, study.trials.length, study.digest()];
  };
}

/** Every pruner and every rule of stopping but the one by the clock. */
export const pruningResults: Results = {
  nop: pruned(nop()),
  median: pruned(median()),
  percentile: pruned(percentile(30, { startupTrials: 4, warmupSteps: 2, intervalSteps: 2 })),
  threshold: pruned(threshold({ upper: 1.2, warmupSteps: 2 })),
  patient: pruned(patient(median(), { patience: 2, minDelta: 0.01 })),
  successiveHalving: pruned(successiveHalving({ reductionFactor: 3 })),
  hyperband: pruned(hyperband({ maxResource: 9 })),
  wilcoxon: pruned(wilcoxon({ pThreshold: 0.3 })),
  nonDominatedRank: pruned(nonDominatedRank(), ["minimize", "maximize"]),
  patience: stopped(patience(12)),
  target: stopped(target(0.35)),
  stagnation: stopped(stagnation(12, { tolerance: 0.01 })),
  costBudget: stopped(costBudget(150, "cost")),
  regretBound: stopped(regretBound({ noise: 0.3 })),
  anyOf: stopped(anyOf(patience(30), target(0.4))),
  allOf: stopped(allOf(patience(8), target(0.45))),
};
