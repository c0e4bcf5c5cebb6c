// The space is defined while the objective runs; a hopeless trial is given up early.
import { createStudy, median, TrialPruned } from "vernier";

const study = await createStudy({ seed: 1, pruner: median() });

await study.optimize(
  async (_params, trial) => {
    const rate = trial.suggestFloat("rate", 1e-3, 1, { log: true });
    const layers = trial.suggestInt("layers", 1, 3);
    let loss = 4;
    for (let epoch = 0; epoch < 20; epoch++) {
      loss -= loss * rate * (1 - rate) * 0.5;
      trial.report(loss + 0.1 * layers, epoch);
      if (await trial.shouldPrune()) throw new TrialPruned();
    }
    return loss + 0.1 * layers;
  },
  { trials: 60 },
);

const pruned = study.trials.filter((trial) => trial.state === "pruned").length;
console.log(
  `best ${study.best.value.toFixed(3)} with`,
  study.best.params,
  `${pruned} of ${study.trials.length} pruned`,
);
